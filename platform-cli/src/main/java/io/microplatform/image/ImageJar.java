package io.microplatform.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar as images contain it. Its entries are not compressed, because the layer is: a
 * compressed layer of uncompressed jars is a quarter smaller than one of compressed jars.
 * Native libraries for other platforms are left out. All entries have the same time, so
 * that the same entries result in the same bytes.
 */
final class ImageJar {

	/** The earliest year that zip files know is 1980, and readers differ in its zone. */
	private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

	/** The extensions of native libraries of other systems than Linux. */
	private static final List<String> OTHER_LIBRARIES = List.of(".dll", ".dylib", ".jnilib");

	/** Directories of native libraries for other systems than Linux. */
	private static final Set<String> OTHER_SYSTEMS = Set.of("aix", "android-aarch64", "android-arm", "darwin",
			"freebsd", "linux-android", "linux-musl", "mac", "openbsd", "sunos", "win", "windows");

	/** The names of architectures in paths, for each architecture of images. */
	private static final Map<String, Set<String>> ARCHITECTURES = Map.of("amd64", Set.of("amd64", "x86_64"), "arm64",
			Set.of("aarch64", "arm64"), "other", Set.of("arm", "armv6", "armv7", "i386", "loongarch64", "mips64", "ppc",
					"ppc64", "ppc64le", "riscv64", "s390x", "sparcv9", "x86"));

	private ImageJar() {
	}

	/**
	 * Copies a jar.
	 * @param source the jar
	 * @param target the file that is written
	 * @param architecture the architecture of the image: {@code amd64} or {@code arm64}
	 */
	static void copy(Path source, Path target, String architecture) throws IOException {
		try (ZipFile jar = new ZipFile(source.toFile());
				OutputStream file = Files.newOutputStream(target);
				ZipOutputStream copy = new ZipOutputStream(file)) {
			for (ZipEntry entry : jar.stream().toList()) {
				if (!isForOtherPlatform(entry.getName(), architecture)) {
					try (InputStream content = jar.getInputStream(entry)) {
						put(copy, entry.getName(), content.readAllBytes());
					}
				}
			}
		}
	}

	/** Adds an entry to a jar that is being written. */
	static void put(ZipOutputStream jar, String name, byte[] content) throws IOException {
		CRC32 checksum = new CRC32();
		checksum.update(content);
		ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(ENTRY_TIME);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(content.length);
		entry.setCrc(checksum.getValue());
		jar.putNextEntry(entry);
		jar.write(content);
	}

	private static boolean isForOtherPlatform(String name, String architecture) {
		if (OTHER_LIBRARIES.stream().anyMatch(name::endsWith)) {
			return true;
		}
		return name.endsWith(".so") && Arrays.stream(name.toLowerCase(Locale.ROOT).split("/"))
			.anyMatch((directory) -> OTHER_SYSTEMS.contains(directory) || isOther(directory, architecture));
	}

	private static boolean isOther(String directory, String architecture) {
		return ARCHITECTURES.entrySet()
			.stream()
			.anyMatch((names) -> !names.getKey().equals(architecture) && names.getValue().contains(directory));
	}

}

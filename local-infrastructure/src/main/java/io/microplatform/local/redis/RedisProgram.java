package io.microplatform.local.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.server.Programs;

/**
 * The Redis server for this machine, extracted from a jar with one for each platform.
 */
final class RedisProgram {

	private RedisProgram() {
	}

	static Path extract(Programs programs, Path target) throws IOException {
		String suffix = "-%s-%s".formatted(Programs.operatingSystem(), Programs.architecture());
		try (ZipFile jar = new ZipFile(programs.jar("embedded-redis-").toFile())) {
			ZipEntry entry = jar.stream()
				.filter((candidate) -> candidate.getName().startsWith("redis-server-")
						&& candidate.getName().endsWith(suffix))
				.findFirst()
				.orElseThrow(() -> new IOException("%s has no Redis for %s".formatted(jar.getName(), suffix)));
			Path program = target.toAbsolutePath().resolve(entry.getName());
			if (!Files.exists(program) || Files.size(program) != entry.getSize()) {
				Files.createDirectories(program.getParent());
				Path fresh = Files.createTempFile(program.getParent(), "redis", ".tmp");
				try (InputStream content = jar.getInputStream(entry)) {
					Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING);
				}
				Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
				new AtomicFile(program).replaceBy(fresh);
			}
			return program;
		}
	}

}

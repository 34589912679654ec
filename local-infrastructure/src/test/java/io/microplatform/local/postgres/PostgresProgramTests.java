package io.microplatform.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.microplatform.local.server.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresProgramTests {

	@Test
	void programsThatAreHalfUnpackedAreUnpackedAgain(@TempDir Path target) throws IOException {
		Programs programs = Programs.below(Path.of(Objects.requireNonNull(System.getProperty("platform.root"))));
		Path home = PostgresProgram.extract(programs, target).home();
		Path postgres = home.resolve("bin/postgres");
		Object before = Files.readAttributes(postgres, "unix:ino").get("ino");
		PostgresProgram.extract(programs, target);
		assertThat(Files.readAttributes(postgres, "unix:ino").get("ino")).as("not unpacked again").isEqualTo(before);
		long size = Files.size(postgres);
		Files.write(postgres, new byte[0]);
		PostgresProgram.extract(programs, target);
		assertThat(postgres).hasSize(size).isExecutable();
	}

}

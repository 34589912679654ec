package io.microplatform.local.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.microplatform.local.server.Programs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedisProgramTests {

	private static final Programs PROGRAMS = Programs
		.below(Path.of(Objects.requireNonNull(System.getProperty("platform.root"))));

	@ParameterizedTest
	@ValueSource(ints = { 0, 1000 })
	void aProgramThatWasCutOffIsUnpackedAgain(int length, @TempDir Path target) throws IOException {
		Path program = RedisProgram.extract(PROGRAMS, target);
		byte[] content = Files.readAllBytes(program);
		Files.write(program, new byte[length]);
		assertThat(RedisProgram.extract(PROGRAMS, target)).isEqualTo(program).isExecutable();
		assertThat(program).hasBinaryContent(content);
	}

}

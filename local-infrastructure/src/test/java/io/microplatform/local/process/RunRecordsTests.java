package io.microplatform.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class RunRecordsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@Test
	void aRecordThatAnOlderPlatformWroteIsRead() throws IOException {
		Files.writeString(this.directory.resolve("user-service-1.json"),
				"""
						{"name": "user-service", "instance": "user-service-1", "pid": 1, "startInstant": "2026-11-26T12:00:00Z",
						 "startMark": "of-another-process", "port": 8200, "managementPort": 8201, "url": "http://127.0.0.1:8200",
						 "readinessUrl": null, "configVersion": "0f0f", "endsOn": "TERM"}
						""");
		RunRecord entry = new RunRecords(this.directory).find("user-service-1").orElseThrow();
		assertThat(entry.release()).isNull();
		assertThat(entry.asInstance().withRelease("2").release()).isEqualTo("2");
		assertThat(entry.process()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "null", "{}", "[]", "\u0000\u0000\u0000", "ÿþgarbage", "{\"pid\": 1}" })
	void aDamagedRecordIsReportedAndCountsAsNone(String content) throws IOException {
		Path file = this.directory.resolve("redis.json");
		Files.writeString(file, content, StandardCharsets.ISO_8859_1);
		RunRecords records = new RunRecords(this.directory);
		assertThat(records.all()).isEmpty();
		assertThat(records.find("redis")).isEmpty();
		assertThat(records.damaged()).containsExactly(file);
	}

	@Test
	void recordsThatCannotBeReadAreNotAbsent() throws IOException {
		Path loop = Files.createSymbolicLink(this.directory.resolve("loop"), this.directory.resolve("loop"));
		assertThatIOException().isThrownBy(() -> new RunRecords(loop).all());
		assertThat(new RunRecords(this.directory.resolve("absent")).all()).isEmpty();
	}

}

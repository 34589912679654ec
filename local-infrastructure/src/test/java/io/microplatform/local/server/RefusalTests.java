package io.microplatform.local.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.service.BusinessServices;

import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * A refusal that does not pass ends the wait for a server, with its reason.
 */
@Timeout(60)
class RefusalTests {

	private static final LocalInfrastructure INFRASTRUCTURE = LocalInfrastructure.shared();

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

	private static final Programs PROGRAMS = Programs.below(ROOT);

	@SuppressWarnings("NullAway.Init") // set before each
	private StateDirectory state;

	@SuppressWarnings("NullAway.Init") // set before each
	private Secrets others;

	@BeforeEach
	void generate(@TempDir Path directory) throws IOException {
		this.state = new StateDirectory(directory);
		this.others = Secrets.in(this.state, BusinessServices.in(ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "JST", "AET" })
	void ofTheTimeZone(String zone) {
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			assertThatIOException().isThrownBy(() -> INFRASTRUCTURE.postgres().start(LONG))
				.withMessageContaining("TimeZone")
				.withMessageContaining(zone);
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void ofThePasswordByPostgresql() {
		assertRefused(new Postgres(INFRASTRUCTURE.postgres().port(), this.state, PROGRAMS, this.others, new Running()));
	}

	@Test
	void ofThePasswordByRedis() {
		assertRefused(new Redis(INFRASTRUCTURE.redis().port(), this.state, PROGRAMS, this.others, new Running()));
	}

	@Test
	void ofThePasswordByKafka() {
		assertRefused(new Kafka(INFRASTRUCTURE.kafka().port(), 1, Jvm.QUICK, this.state, PROGRAMS, this.others,
				new Running()));
	}

	private static void assertRefused(Server server) {
		assertThatIOException().isThrownBy(() -> server.start(LONG))
			.withMessageMatching("(?is).*(password|authentication).*");
	}

	/** Something runs where the server should. */
	private static final class Running implements Launcher {

		@Override
		public RunningProcess launch(Instance instance, Command command, Shutdown shutdown) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<RunningProcess> running(String instance) {
			return RunningProcess.of(ProcessHandle.current().pid());
		}

		@Override
		public void forget(String instance) {
		}

	}

}

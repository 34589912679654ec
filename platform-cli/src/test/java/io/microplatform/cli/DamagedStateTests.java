package io.microplatform.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * What commands do about files in the state directory that are empty, cut off or garbage.
 */
class DamagedStateTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StandInCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.toRealPath().resolve("checkout"));
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	private RunningProcess startRedis() throws Exception {
		StateDirectory state = new StateDirectory(this.checkout.state());
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));
		Redis redis = new Redis(this.checkout.port(Port.REDIS), state, Programs.below(root), Secrets.in(state),
				new DetachedLauncher(new RunRecords(state.run()), state.logs()));
		redis.start(Duration.ofSeconds(30));
		return redis.process().orElseThrow();
	}

	private Path damage(String file, String content) throws IOException {
		Path path = this.checkout.state().resolve(file);
		Files.createDirectories(path.getParent());
		return Files.writeString(path, content, StandardCharsets.ISO_8859_1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"name\": \"redis\", \"inst", "\0\0\0\0", "garbage ÿ", "{}" })
	void downEndsAProcessWhoseRecordIsDamaged(String content) throws Exception {
		RunningProcess redis = startRedis();
		Path file = damage("run/redis.json", content);
		assertThat(this.checkout.run("status", "--json").code()).isZero();
		assertThat(this.checkout.run("status").err()).contains(file.toString());
		assertThat(this.checkout.run("doctor").out()).contains("✗ " + file, "✗ pid " + redis.pid());
		Output down = this.checkout.run("down");
		assertThat(down.code()).isZero();
		assertThat(down.out()).contains("✓ redis stopped");
		assertThat(redis.isAlive()).isFalse();
		assertThat(file).doesNotExist();
	}

	@Test
	void downEndsAProcessWhoseRecordIsGoneButNotWhatTheUserRunsThere() throws Exception {
		RunningProcess redis = startRedis();
		Files.delete(this.checkout.state().resolve("run/redis.json"));
		Process sleep = new ProcessBuilder("sleep", "60").directory(this.checkout.state().resolve("data").toFile())
			.start();
		try {
			assertThat(this.checkout.run("down").code()).isZero();
			assertThat(redis.isAlive()).isFalse();
			assertThat(sleep.isAlive()).isTrue();
		}
		finally {
			sleep.destroyForcibly();
		}
	}

	@Test
	void upStartsAgainWhatADamagedRecordWasAbout() throws Exception {
		assertThat(this.checkout.run("up").code()).isZero();
		List<Long> before = this.checkout.pids();
		RunningProcess redis = this.checkout.entry("redis").process().orElseThrow();
		RunningProcess service = this.checkout.entry("order-service-1").process().orElseThrow();
		damage("run/redis.json", "");
		damage("run/order-service-1.json", "{\"name\": \"order-service\"");
		Output up = this.checkout.run("up");
		assertThat(up.code()).isZero();
		assertThat(up.out()).contains("redis (pid " + redis.pid() + ")", "order-service (pid " + service.pid() + ")");
		assertThat(redis.isAlive()).isFalse();
		assertThat(service.isAlive()).isFalse();
		assertThat(this.checkout.pids()).hasSize(before.size())
			.containsAll(before.stream().filter((pid) -> pid != redis.pid() && pid != service.pid()).toList());
		assertThat(this.checkout.run("status").err()).isEmpty();
	}

	@Test
	void aDamagedRecordOfNothingIsForgottenByDown() throws Exception {
		Path record = damage("run/order-service-1.json", "");
		Path training = damage("training/aot-training.json", "{");
		assertThat(this.checkout.run("down").out()).contains("nothing is running");
		assertThat(record).doesNotExist();
		assertThat(training).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource({ "instances.env, ''", "instances.env, order-service=", "instances.env, order-service=12",
			"releases.env, ''", "releases.env, order-service-1=two", "releases.env, order" })
	void whatWasRememberedIsNamedWhenItIsDamaged(String name, String content) throws Exception {
		Path file = damage(name, content);
		Output doctor = this.checkout.run("doctor");
		assertThat(doctor.out()).contains("✗ " + file);
		assertThat(doctor.err()).contains("note: " + file);
		this.checkout.run("down");
		assertThat(file).doesNotExist();
	}

	@Test
	void whatWasRememberedIsUnderstoodWhenItIsWhole() throws Exception {
		DesiredInstances wanted = new DesiredInstances(this.checkout.state().resolve(DesiredInstances.FILE));
		wanted.set("order-service", 3);
		assertThat(wanted.remembered().isDamaged()).isFalse();
		assertThat(wanted.of("order-service")).isEqualTo(3);
	}

	@Test
	void theDoctorNamesSecretsThatTheDataNeedAndAreGone() throws Exception {
		damage("data/postgresql/PG_VERSION", "18");
		Path secrets = damage("secrets.env", "");
		assertThat(this.checkout.run("doctor").out()).contains("✗ " + secrets + " lacks PLATFORM_DATABASE_ADMIN");
		assertThat(this.checkout.run("up").err()).contains(secrets + " lacks PLATFORM_DATABASE_ADMIN");
		assertThat(secrets).hasContent("");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "half", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" })
	void aDamagedJarOfTheBuildIsNamed(String content) throws Exception {
		Path jar = this.checkout.root().resolve("order-service/target/order-service.jar");
		Files.writeString(jar, content, StandardCharsets.ISO_8859_1);
		ServiceJar service = new ServiceJar(jar, this.checkout.state().resolve("apps/order-service"));
		assertThatIOException().isThrownBy(() -> service.extracted((directory) -> false))
			.withMessageContaining(jar + " is not whole");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "half", "\0\0\0\0" })
	void aDamagedExtractedJarIsExtractedAgain(String content) throws Exception {
		Path jar = this.checkout.root().resolve("order-service/target/order-service.jar");
		ServiceJar service = new ServiceJar(jar, this.checkout.state().resolve("apps/order-service"));
		Path extracted = service.extracted((directory) -> false);
		Files.writeString(extracted, content);
		assertThat(service.extracted((directory) -> true)).isEqualTo(extracted).hasSameBinaryContentAs(jar);
	}

	@Test
	void recordsThatCannotBeReadAreNotSaidToBeAbsent() throws Exception {
		RunningProcess redis = startRedis();
		RunRecord entry = this.checkout.entry("redis");
		assertThat(entry.process().map(RunningProcess::pid)).hasValue(redis.pid());
		Path run = this.checkout.state().resolve("run");
		Path moved = Files.move(run, run.resolveSibling("run.moved"));
		Files.createSymbolicLink(run, run);
		for (String command : new String[] { "status", "down", "doctor" }) {
			Output output = this.checkout.run(command);
			assertThat(output.code()).as(command).isOne();
			assertThat(output.out()).doesNotContain("nothing is running");
			assertThat(output.err()).startsWith("platform: " + run).hasLineCount(1);
		}
		Files.delete(run);
		Files.move(moved, run);
	}

}

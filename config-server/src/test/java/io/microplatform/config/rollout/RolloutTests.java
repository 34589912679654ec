package io.microplatform.config.rollout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.config.rollout.RolloutReport.Outcome;
import io.microplatform.config.rollout.VersionValidator.Validation;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.Publication;
import io.microplatform.configfiles.SnapshotStore;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import io.microplatform.instance.configuration.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.config.environment.Environment;
import org.springframework.cloud.config.environment.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RolloutTests {

	static final String PASSWORD = "a-password-for-tests";

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-27T10:00:00Z"), ZoneOffset.UTC);

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private SnapshotStore snapshots;

	private RolloutJournal journal;

	private final List<StandInInstance> instances = new ArrayList<>();

	private final InstanceClient client = new InstanceClient(PASSWORD);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@BeforeEach
	void publishTheFirst() throws IOException {
		this.snapshots = new SnapshotStore(this.directory);
		this.journal = new RolloutJournal(this.snapshots);
		for (String version : List.of("first", "second")) {
			this.snapshots.store(version, Map.of("application.yml", "a: 1".getBytes(StandardCharsets.UTF_8)));
		}
		this.snapshots.publish(publication("first"));
		for (String service : List.of("orders", "orders", "users", "users")) {
			this.instances.add(new StandInInstance(service, "first", () -> this.snapshots.current().version()));
		}
	}

	@AfterEach
	void close() {
		this.instances.forEach(StandInInstance::close);
	}

	@Test
	void everyInstanceAppliesTheVersion() {
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.DONE);
		assertThat(report.instances()).hasSize(4).allSatisfy((instance) -> {
			assertThat(instance.result()).isEqualTo(Result.TAKEN);
			assertThat(instance.report().from()).isEqualTo("first");
			assertThat(instance.report().to()).isEqualTo("second");
		});
		assertThat(versions()).containsOnly("second");
		assertThat(this.snapshots.history()).last()
			.isEqualTo(new Publication(CLOCK.instant(), "second", "ann", "refresh"));
	}

	@Test
	void aVersionThatAServiceRefusesIsNotPublished() {
		this.instances.subList(2, 4).forEach((instance) -> instance.refusesToValidate("second"));
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(report.problems()).containsExactly(new Problem("a", "is bad for users"));
		assertThatNothingHasChanged();
	}

	@Test
	void aPropertyUnknownToAllServicesIsNotPublished() {
		this.instances.forEach((instance) -> instance.knowsNot("a"));
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(report.problems()).containsExactly(new Problem("a", "is not a property of any service"));
		assertThatNothingHasChanged();
	}

	@Test
	void aPropertyKnownToOneServiceIsPublished() {
		this.instances.subList(0, 2).forEach((instance) -> instance.knowsNot("a"));
		assertThat(rollout(this.snapshots, this.client).start("second", "ann", "refresh").outcome())
			.isEqualTo(Outcome.DONE);
	}

	@Test
	void invalidYamlIsNotPublished() {
		this.snapshots.store("second-bad", Map.of("application.yml", "a: [1\n".getBytes(StandardCharsets.UTF_8)));
		RolloutReport report = rollout(this.snapshots, this.client).start("second-bad", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(report.problems()).singleElement().extracting(Problem::property).isEqualTo("application.yml");
		assertThatNothingHasChanged();
	}

	@Test
	void aFileOfAServiceWithoutAnyInstanceIsReportedAndNotValidated() {
		store("second-more", "payments.yml", "orders-prod.yml", "orders.yml", "orders-local.yml",
				"application-local.yml");
		RolloutReport report = rollout(this.snapshots, this.client).start("second-more", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.DONE);
		assertThat(report.notes()).extracting(FileNote::file).containsExactly("orders-prod.yml", "payments.yml");
		assertThat(versions()).containsOnly("second-more");
	}

	@Test
	void aServiceWhoseInstancesAreGoneCannotBeValidated() {
		store("second-more", "users.yml");
		RegisteredInstances registered = new RegisteredInstances(registry(Optional.empty()));
		registered.registered();
		List<Instance> rest = registered.registered().stream().filter((one) -> one.service().equals("orders")).toList();
		Validation validation = validator().validate(this.snapshots.get("second-more"), rest, registered.services());
		assertThat(validation.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("users");
			assertThat(problem.message()).doesNotContain("[]").contains("none is registered");
		});
	}

	private void store(String version, String... more) {
		Map<String, byte[]> files = new HashMap<>();
		files.put("application.yml", "a: 1".getBytes(StandardCharsets.UTF_8));
		for (String file : more) {
			files.put(file, "a: 1".getBytes(StandardCharsets.UTF_8));
		}
		this.snapshots.store(version, files);
	}

	@Test
	void aServiceWithoutAReachableInstanceCannotBeValidated() {
		this.instances.subList(2, 4).forEach(StandInInstance::close);
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(report.problems()).singleElement().extracting(Problem::property).isEqualTo("users");
		assertThatNothingHasChanged();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void allInstancesReturnToThePreviousVersionWhenOneRefuses(int which) {
		this.instances.get(which).refusesToApply("second");
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
		assertThat(report.problems()).hasSize(1);
		assertThat(versions()).containsOnly("first");
		assertThat(this.snapshots.current().version()).isEqualTo("first");
		assertThat(this.snapshots.history()).last().extracting(Publication::version).isEqualTo("first");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void allInstancesReturnToThePreviousVersionWhenOneRefusesOnlyWhenItIsAskedAgain(int which) {
		this.instances.get(which).isUnavailable();
		this.instances.get(which).refusesToApply("second");
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
		assertThat(report.problems()).hasSize(1);
		assertThat(versions()).containsOnly("first");
	}

	/** Of a service whose first instance does not answer, the second is the canary. */
	@Test
	void noInstanceAppliesTheVersionAfterACanaryRefusesIt() {
		String first = new RegisteredInstances(registry(Optional.empty())).all().getFirst().id();
		StandInInstance dead = this.instances.stream().filter((one) -> one.id().equals(first)).findAny().orElseThrow();
		dead.close();
		this.instances.stream()
			.filter((one) -> one != dead && one.service().equals(dead.service()))
			.forEach((canary) -> canary.refusesToApply("second"));
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
		assertThat(this.instances.stream().filter((one) -> one.applied().contains("second"))).hasSize(1);
	}

	@Test
	void anInstanceThatRegistersMeanwhileAppliesTheVersionToo() throws IOException {
		StandInInstance late = new StandInInstance("orders", "first", () -> this.snapshots.current().version());
		InstanceClient registering = new InstanceClient(PASSWORD) {

			@Override
			List<InstanceReport> update(Collection<Instance> wave) {
				if (!RolloutTests.this.instances.contains(late)) {
					RolloutTests.this.instances.add(late);
				}
				return super.update(wave);
			}

		};
		RolloutReport report = rollout(this.snapshots, registering).start("second", "ann", "refresh");
		assertThat(report.instances()).hasSize(5);
		assertThat(versions()).containsOnly("second");
	}

	@Test
	void canariesApplyTheVersionFirst() {
		this.instances.forEach((instance) -> instance.refusesToApply("second"));
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.instances()).extracting(InstanceReport::service).containsExactly("orders", "users");
	}

	@Test
	void anUnreachableInstanceLeavesTheRolloutIncomplete() throws IOException {
		StandInInstance away = new StandInInstance("orders", "first", () -> this.snapshots.current().version());
		this.instances.add(away);
		ServiceInstance registered = away.registered();
		away.close();
		DiscoveryClient registry = registry(Optional.of(registered));
		RolloutReport report = rollout(registry, this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
		assertThat(report.instances()).filteredOn((instance) -> instance.result() == Result.UNREACHABLE)
			.singleElement()
			.extracting(InstanceReport::instance)
			.isEqualTo(away.id());
		assertThat(versions()).contains("second");
	}

	@Test
	void theReconciliationLoopUpdatesAnInstanceThatIsBehind() throws IOException {
		rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		StandInInstance late = new StandInInstance("orders", "first", () -> this.snapshots.current().version());
		this.instances.add(late);
		reconciliation(this.snapshots).run();
		assertThat(late.version()).isEqualTo("second");
	}

	@Test
	void anInstanceWithAVersionThatWasPublishedMeanwhileHasNotAppliedThisOne() {
		SnapshotStore interfering = new SnapshotStore(this.directory) {

			@Override
			public synchronized void publish(Publication publication) {
				super.publish(publication);
				super.publish(publication("first"));
			}

		};
		RolloutReport report = rollout(interfering, this.client).start("second", "ann", "refresh");
		assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
		assertThat(report.instances()).hasSize(4).allSatisfy((instance) -> {
			assertThat(instance.result()).isEqualTo(Result.UNREACHABLE);
			assertThat(instance.report().problems()).singleElement()
				.extracting(Problem::message)
				.isEqualTo("runs with first, which was published meanwhile");
		});
	}

	@Test
	void thereIsOneRolloutAtATime() {
		try (RolloutJournal.Entry entry = this.journal.lock()) {
			assertThat(entry.unfinished()).isEmpty();
			assertThatExceptionOfType(RolloutInProgressException.class)
				.isThrownBy(() -> rollout(this.snapshots, this.client).start("second", "ann", "refresh"));
		}
		assertThatNothingHasChanged();
	}

	@Test
	void anUnknownVersionIsRefused() {
		assertThatException().isThrownBy(() -> rollout(this.snapshots, this.client).start("third", "ann", "refresh"))
			.withMessage("there is no version third");
	}

	/** Steps: 0 and 1 before and after the publication, then after each wave. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void afterACrashAllInstancesReturnToThePreviousVersion(int step) {
		crash(step);
		assertThat(rollout(this.snapshots, this.client).recover()).isTrue();
		assertThat(this.snapshots.current().version()).isEqualTo("first");
		reconciliation(this.snapshots).run();
		assertThat(versions()).containsOnly("first");
	}

	/** Steps: 4 and 5 before and after the previous version is published again. */
	@ParameterizedTest
	@ValueSource(ints = { 4, 5 })
	void afterACrashDuringARollbackAllInstancesReturnToThePreviousVersion(int step) {
		this.instances.get(1).refusesToApply("second");
		crash(step);
		assertThat(rollout(this.snapshots, this.client).recover()).isTrue();
		assertThat(this.snapshots.current().version()).isEqualTo("first");
		assertThat(this.meters.get("configuration.rollouts").tag("outcome", "rolled_back").counter().count()).isOne();
		reconciliation(this.snapshots).run();
		assertThat(versions()).containsOnly("first");
	}

	@Test
	void theNextRolloutAfterACrashStartsFromThePreviousVersion() {
		crash(1);
		RolloutReport report = rollout(this.snapshots, this.client).start("second", "ann", "refresh");
		assertThat(report.previous()).isEqualTo("first");
		assertThat(report.outcome()).isEqualTo(Outcome.DONE);
		assertThat(versions()).containsOnly("second");
	}

	private void crash(int step) {
		Steps steps = new Steps(step);
		SnapshotStore crashing = new SnapshotStore(this.directory) {

			@Override
			public synchronized void publish(Publication publication) {
				steps.next();
				super.publish(publication);
				steps.next();
			}

		};
		InstanceClient crashingClient = new InstanceClient(PASSWORD) {

			@Override
			List<InstanceReport> update(Collection<Instance> wave) {
				List<InstanceReport> reports = super.update(wave);
				steps.next();
				return reports;
			}

		};
		assertThatExceptionOfType(Crash.class)
			.isThrownBy(() -> rollout(crashing, crashingClient).start("second", "ann", "refresh"));
	}

	private void assertThatNothingHasChanged() {
		assertThat(versions()).containsOnly("first");
		assertThat(this.instances).allSatisfy((instance) -> assertThat(instance.applied()).isEmpty());
		assertThat(this.snapshots.current().version()).isEqualTo("first");
		assertThat(this.snapshots.history()).hasSize(1);
	}

	private List<String> versions() {
		return this.instances.stream().map(StandInInstance::version).toList();
	}

	private Rollout rollout(SnapshotStore published, InstanceClient instanceClient) {
		return rollout(registry(Optional.empty()), published, instanceClient);
	}

	private Rollout rollout(DiscoveryClient registry, SnapshotStore published, InstanceClient instanceClient) {
		return new Rollout(published, this.journal, new RegisteredInstances(registry), validator(), instanceClient,
				CLOCK, this.meters);
	}

	private VersionValidator validator() {
		return new VersionValidator(this.client, (application, profile, label) -> {
			Environment environment = new Environment(application, profile);
			environment.add(new PropertySource("application.yml", Map.of("a", 1)));
			return environment;
		});
	}

	private ReconciliationLoop reconciliation(SnapshotStore published) {
		return new ReconciliationLoop(rollout(published, this.client), published,
				new RegisteredInstances(registry(Optional.empty())), new InstanceClient(PASSWORD),
				new SimpleMeterRegistry());
	}

	/** Which names those that are there, and one that may be not. */
	private DiscoveryClient registry(Optional<ServiceInstance> another) {
		return new DiscoveryClient() {

			@Override
			public String description() {
				return "for tests";
			}

			@Override
			public List<ServiceInstance> getInstances(String service) {
				List<ServiceInstance> all = new ArrayList<>();
				RolloutTests.this.instances.stream().map(StandInInstance::registered).forEach(all::add);
				another.ifPresent((one) -> {
					all.removeIf((instance) -> Objects.equals(one.getInstanceId(), instance.getInstanceId()));
					all.add(one);
				});
				return all.stream().filter((instance) -> instance.getServiceId().equals(service)).toList();
			}

			@Override
			public List<String> getServices() {
				return List.of("orders", "users");
			}

		};
	}

	private static Publication publication(String version) {
		return new Publication(CLOCK.instant(), version, "tests", "up");
	}

	/** The process dies. */
	private static final class Crash extends Error {

	}

	/** Counts until the step after which there is a crash. */
	private static final class Steps {

		private int left;

		Steps(int left) {
			this.left = left;
		}

		void next() {
			if (this.left-- == 0) {
				throw new Crash();
			}
		}

	}

}

package io.microplatform.local.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.LogFile;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Starts what does not run, and returns when the platform does its work: idempotent, and
 * a repair when something has died.
 */
final class Up {

	private static final Duration USUAL_PATIENCE = Duration.ofMinutes(3);

	private static final int LOG_LINES = 20;

	private final Context context;

	Up(Context context) {
		this.context = context;
	}

	void run() throws IOException, CommandFailedException {
		PortChoice ports = new PortChoice(this.context.environment());
		Instant deadline = this.context.started().plus(patience());
		this.context.state().create();
		try (PlatformLock _ = PlatformLock.take(this.context.state().root())) {
			ConfigSnapshot snapshot = ConfigSnapshot.of(this.context.configRepository());
			new Preflight(this.context, ports, Plan.of(ports, this.context.records(), "")).check();
			Plan plan = Plan.of(ports, this.context.records(), publish(snapshot));
			Fleet fleet = Fleet.of(plan, this.context, Secrets.in(this.context.state()));
			for (ServiceProcess service : fleet.services().toList()) {
				service.writeEnvironment();
				if (service.runsAnOlderBuild()) {
					this.context.out()
						.println("note: %s runs an older build; `down` and `up` bring the new one"
							.formatted(service.instance().instance()));
				}
			}
			new StartUp(fleet, deadline, this.context.out()).run();
			awaitRoutes(plan, deadline);
		}
		this.context.out().println();
		this.context.out().print(new Table(Overview.of(this.context)));
		this.context.out()
			.println(String.format(Locale.ROOT, "ready in %.1f s",
					Duration.between(this.context.started(), Instant.now()).toMillis() / 1000.0));
	}

	private Duration patience() throws CommandFailedException {
		@Nullable String seconds = this.context.environment().get("PLATFORM_UP_TIMEOUT");
		if (seconds == null || seconds.isBlank()) {
			return USUAL_PATIENCE;
		}
		if (!seconds.matches("[1-9]\\d{0,4}")) {
			throw new CommandFailedException(
					"PLATFORM_UP_TIMEOUT is \"%s\": give whole seconds from 1 to 99999".formatted(seconds));
		}
		return Duration.ofSeconds(Long.parseLong(seconds));
	}

	/**
	 * Publishes the configuration, unless somebody runs with an earlier one already: then
	 * a repaired instance must get what the others have.
	 * @return the version that is served
	 */
	private String publish(ConfigSnapshot snapshot) throws IOException {
		boolean inUse = this.context.records()
			.all()
			.stream()
			.anyMatch((record) -> record.configVersion() != null && record.process().isPresent());
		String published = ConfigSnapshot.published(this.context.state().config());
		if (!inUse || published.isEmpty()) {
			snapshot.publish(this.context.state().config());
			return snapshot.version();
		}
		if (!published.equals(snapshot.version())) {
			this.context.out()
				.println("note: %s has edits that are not published; `down` and `up` publish them"
					.formatted(this.context.configRepository().getFileName()));
		}
		return published;
	}

	private void awaitRoutes(Plan plan, Instant deadline) throws CommandFailedException {
		if (!Await.until(Duration.between(Instant.now(), deadline), () -> Http.isOk(plan.routesUrl()))) {
			throw new CommandFailedException(
					"api-gateway did not find an instance for every route in time; the end of its log:",
					LogFile.of(this.context.state().logs(), Plan.GATEWAY).tail(LOG_LINES));
		}
	}

}

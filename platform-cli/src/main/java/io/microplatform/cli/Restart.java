package io.microplatform.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Restarts a service with the present build, one instance after another. The next
 * instance is stopped when the one before is ready and gets requests. Each instance keeps
 * its release unless {@code --release} chooses another one.
 */
@Command(name = "restart", header = "restarts a service with the present build, one instance after another",
		description = """
				Builds if the jars are older than the sources, then restarts the instances of a server or of a business
				service. Of several instances, the next one is stopped when the one before gets requests again.""")
final class Restart implements Action {

	private final Context context;

	@Parameters(paramLabel = "SERVICE",
			description = "discovery-server, config-server, api-gateway or a business service, such as order-service")
	private String service;

	@Option(names = "--release", paramLabel = "NAME", description = """
			the release that all instances of a business service become, until down
			1 to 40 of the characters a-z 0-9 . _ -""")
	private @Nullable String release;

	Restart(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		List<String> services = this.context.services();
		if (!services.contains(this.service)) {
			throw CommandFailedException.notUnderstood(
					"invalid service '%s': must be one of %s".formatted(this.service, String.join(", ", services)));
		}
		ReleaseName.check(this.release, this.service, this.context.business());
		StartTimeout patience = StartTimeout.of(this.context);
		LivePlatform.requireGateways(this.context);
		LivePlatform.requireAdded(this.context, this.service);
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			String name = this.release;
			if (name != null) {
				this.context.releases().set(instances(LivePlatform.of(this.context)), name);
			}
			LivePlatform platform = LivePlatform.of(this.context);
			for (ServiceProcess process : processes(platform)) {
				restart(process, platform, patience);
			}
			new AotTraining(this.context).begin(platform.fleet());
		}
		this.context.out().println();
		this.context.out().print(new Table(Overview.of(this.context).only(this.service)));
	}

	private List<ServiceProcess> processes(LivePlatform platform) {
		return platform.fleet().services().filter((process) -> process.instance().name().equals(this.service)).toList();
	}

	private List<String> instances(LivePlatform platform) {
		return processes(platform).stream().map((process) -> process.instance().instance()).toList();
	}

	private void restart(ServiceProcess process, LivePlatform platform, StartTimeout patience)
			throws IOException, CommandFailedException {
		Routing routing = Routing.of(this.context);
		if (Plan.isFirst(process.instance())) {
			process.writeEnvironment();
		}
		if (process.process().isPresent()) {
			boolean inGoodOrder = process.stop(Down.PATIENCE);
			this.context.out().println(Down.stopped(process.instance().instance(), inGoodOrder));
		}
		Instant deadline = patience.deadline();
		new StartUp(platform.fleet().only(process.instance()::equals), deadline, this.context.out()).run();
		String restarted = process.instance().instance();
		routing.await(this.context.business().contains(this.service)
				? (instance) -> instance.instance().equals(restarted) : Routing.ALL, deadline);
	}

}

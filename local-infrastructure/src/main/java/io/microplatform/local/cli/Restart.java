package io.microplatform.local.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Restarts a service with the present build, one instance after another: the next is
 * stopped only when the one before is ready and gets requests. Each keeps its release
 * unless another is named for all.
 */
final class Restart {

	private final Context context;

	private final String service;

	private final ReleaseName release;

	Restart(Context context, String service, ReleaseName release) {
		this.context = context;
		this.service = service;
		this.release = release;
	}

	void run() throws IOException, CommandFailedException {
		if (!Plan.SERVICES.contains(this.service)) {
			throw CommandFailedException.notUnderstood("\"%s\" cannot be restarted: there are %s"
				.formatted(this.service, String.join(", ", Plan.SERVICES)));
		}
		this.release.check(this.service);
		Patience patience = Patience.of(this.context);
		LivePlatform.requireGateways(this.context);
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			String name = this.release.name();
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

	private void restart(ServiceProcess process, LivePlatform platform, Patience patience)
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
		routing.await(Plan.BUSINESS.contains(this.service) ? (instance) -> instance.instance().equals(restarted)
				: Routing.ALL, deadline);
	}

}

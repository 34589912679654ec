package io.microplatform.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.microplatform.lab.drill.DrillOptions;
import io.microplatform.lab.drill.DrillSeries;
import io.microplatform.lab.drill.Scenario;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.Progress;
import io.microplatform.lab.platform.RemotePlatform;

/**
 * Applies one or more kinds of change or fault to a platform of its own while users call
 * it, and counts the requests that fail.
 */
@Command(name = "drill", header = "changes or faults under load: no request may fail",
		description = """
				Starts a platform of its own, below target/drill, on which users make up to 100 calls a second, three of ten of
				them orders, each sent once. Counts every call that fails during the changes or faults, then audits the books. Exits
				with 1 if a call failed or anything else was wrong, unless it runs with --stock.
				With --base-url, the users call that platform, with the rate limits that it has; only overload and load run
				there, and the books are audited if the addresses of the stores are given.""",
		footerHeading = "%n",
		footer = """
				scale     order-service and user-service from one instance to three and back (10 rounds)
				restart   order-service and user-service, one instance after another; with --ha the servers too
				kill      kill -9 of one of three instances of each service, and its start (10 rounds)
				hang      SIGSTOP of one of three instances of each service for 22 s, and SIGCONT (3 rounds)
				registry  kill -9 of the registry, and its start a minute later; with --ha then one of each server too
				refresh   50 refreshes that change several properties, 5 that are invalid, others while instances restart
				          and without Kafka, with three instances of each service
				alerts    four faults, each of which has to fire its alert, and the repairs, which have to end it; needs what
				          up --with prometheus needs
				trace     kill -9 of an order-service between a commit and the relay of its event, 200 times: every order
				          must have its trace; needs what up --with zipkin needs (20 rounds)
				overload  twice as many calls a second as the platform sustains, for 30 s and without rate limits: it must
				          answer at least 60 %% of the calls that it sustains, with a p99 of at most 1 s, and refuse the rest
				          with 503 and Retry-After
				redis     kill -9 of Redis, start after 15 s, SIGSTOP for 15 s and SIGCONT; one user sends requests as fast as
				          possible through each gateway, which must still limit them
				slow      SIGSTOP of the only user-service for 5 s and SIGCONT for 0.1 s, alternating for 40 s: orders and
				          lists of orders must stay fast; requests to user-service may fail with 503
				logins    20 clients log in for 10 s without a pause, and without the rate limit of logins: reads must take at
				          most three times as long as before (p95), and logins may be refused with 503 and Retry-After;
				          then 64 clients call the platform for 15 s without a pause, with all rate limits
				load      nothing but the calls, a minute each round: for changes that something else makes meanwhile""")
final class Drill implements Callable<Integer> {

	private static final int MOST_ROUNDS = 30;

	private static final int CALLS_PER_SECOND = 100;

	private static final int MOST_CALLS_PER_SECOND = 999;

	private final Context context;

	@Parameters(paramLabel = "WHAT", arity = "1..*",
			description = "one or more of the list below, one after another on the same platform")
	private List<String> what;

	@Option(names = "--ha", description = "two of each server, and calls to both gateways, as from a load balancer")
	private boolean pairs;

	@Option(names = "--stock",
			description = "without drain and with Spring Cloud's own balancer, to compare; then calls may fail")
	private boolean stock;

	@Option(names = "--rounds", paramLabel = "N", description = "how often, 1 to 30")
	private @Nullable Integer rounds;

	@Option(names = "--rate", paramLabel = "N",
			description = "calls a second, 1 to 999; by default 100, or as many of them as the machine sustains")
	private @Nullable Integer rate;

	@Mixin
	private PlatformLocation location = new PlatformLocation();

	@Spec
	private CommandSpec spec;

	Drill(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() throws CommandFailedException {
		List<Scenario> scenarios = this.what.stream().distinct().map(this::scenario).toList();
		if (this.rounds != null) {
			Numbers.require(this.spec, "--rounds", this.rounds, MOST_ROUNDS);
		}
		int callsPerSecond = Optional.ofNullable(this.rate).orElse(CALLS_PER_SECOND);
		Numbers.require(this.spec, "--rate", callsPerSecond, MOST_CALLS_PER_SECOND);
		Optional<RemotePlatform> remote = this.location.remote();
		if (remote.isPresent()) {
			requireNoControl(scenarios);
		}
		DrillSeries series = new DrillSeries(scenarios, this.rounds, options(callsPerSecond),
				new Progress(this.context.err()));
		try {
			boolean passed = remote.isPresent() ? series.run(remote.get(), this.context.out()::println)
					: series.run(this.context.root(), this.context.root().resolve("target").resolve("drill"),
							this.context.out()::println);
			return (passed || this.stock) ? 0 : 1;
		}
		catch (PlatformFailedException ex) {
			throw new CommandFailedException(String.valueOf(ex.getMessage()));
		}
	}

	/** A platform elsewhere has the processes and the configuration that it has. */
	private void requireNoControl(List<Scenario> scenarios) {
		for (Scenario scenario : scenarios) {
			if (scenario.needsControl()) {
				throw new ParameterException(this.spec.commandLine(),
						"%s changes processes or configuration: with --base-url, only %s can run".formatted(
								scenario.name(),
								Scenario.all()
									.stream()
									.filter((other) -> !other.needsControl())
									.map(Scenario::name)
									.collect(Collectors.joining(" and "))));
			}
		}
		if (this.pairs || this.stock) {
			throw new ParameterException(this.spec.commandLine(), "--ha and --stock cannot be used with --base-url");
		}
	}

	private DrillOptions options(int callsPerSecond) {
		return new DrillOptions(callsPerSecond, this.rate != null, this.pairs, this.stock);
	}

	private Scenario scenario(String name) {
		return Scenario.named(name)
			.orElseThrow(() -> new ParameterException(this.spec.commandLine(), "invalid drill '%s': must be one of %s"
				.formatted(name, Scenario.names().collect(Collectors.joining(", ")))));
	}

}

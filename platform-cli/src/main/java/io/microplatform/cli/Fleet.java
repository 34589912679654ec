package io.microplatform.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.ProcessPriority;
import io.microplatform.local.process.Instance;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;

/**
 * Every process that {@code up} starts.
 *
 * @param infrastructure what keeps the data
 * @param patient services that need nothing at their start, or wait for what they need
 * @param business services that need the infrastructure at their start
 * @param observability programs that need nothing at their start, and that nothing needs
 */
record Fleet(List<Server> infrastructure, List<ServiceProcess> patient, List<ServiceProcess> business,
		List<Server> observability) {

	static Fleet of(Plan plan, Jvm jvm, Context context, Secrets secrets) {
		DetachedLauncher launcher = new DetachedLauncher(context.records(), context.state().logs());
		Programs programs = Programs.below(context.root());
		Postgres postgres = new Postgres(plan.postgres().port(), context.state(), programs, secrets, launcher);
		Redis redis = new Redis(plan.redis().port(), context.state(), programs, secrets, launcher);
		Kafka kafka = new Kafka(plan.kafka().port(), plan.kafkaControllerPort(), jvm, context.state(), programs,
				secrets, launcher);
		ServiceEnvironment environment = new ServiceEnvironment(plan, secrets);
		Services services = new Services(context, jvm, launcher);
		List<ServiceProcess> patient = new ArrayList<>();
		plan.discovery().forEach((it) -> patient.add(services.server(it, environment.ofDiscovery(it))));
		plan.config()
			.forEach((it) -> patient
				.add(services.server(it, environment.ofConfig(it, context.state().config(), context.git()))));
		plan.gateways()
			.forEach((it) -> patient
				.add(services.server(it, environment.ofGateway(it, redis.propertiesFor(it.name())))));
		return new Fleet(List.of(postgres, redis, kafka), patient,
				plan.business()
					.stream()
					.map((instance) -> services.business(instance,
							environment.ofBusiness(instance, reach(instance.name(), postgres, redis, kafka))))
					.toList(),
				List.of());
	}

	/** The services that are chosen, and nothing else. */
	Fleet only(Predicate<Instance> chosen) {
		return new Fleet(List.of(), this.patient.stream().filter((service) -> chosen.test(service.instance())).toList(),
				this.business.stream().filter((service) -> chosen.test(service.instance())).toList(), List.of());
	}

	Fleet withObservability(List<Server> programs) {
		return new Fleet(this.infrastructure, this.patient, this.business, programs);
	}

	private static Map<String, String> reach(String service, Postgres postgres, Redis redis, Kafka kafka) {
		Map<String, String> properties = new HashMap<>(postgres.propertiesFor(service));
		properties.putAll(redis.propertiesFor(service));
		properties.putAll(kafka.propertiesFor(service));
		return properties;
	}

	Stream<ServiceProcess> services() {
		return Stream.concat(this.patient.stream(), this.business.stream());
	}

	Stream<Server> all() {
		return Stream.of(this.infrastructure.stream(), services(), this.observability.stream())
			.flatMap((servers) -> servers);
	}

	private record Services(Context context, Jvm jvm, DetachedLauncher launcher) {

		ServiceProcess server(Instance instance, Map<String, String> environment) {
			return of(instance, ProcessPriority.NORMAL, environment);
		}

		ServiceProcess business(Instance instance, Map<String, String> environment) {
			return of(instance, ProcessPriority.SERVICE, environment);
		}

		private ServiceProcess of(Instance instance, ProcessPriority priority, Map<String, String> environment) {
			return new ServiceProcess(instance, this.jvm, priority, environment, this.context.root(),
					this.context.state(), this.launcher);
		}

	}

}

package io.microplatform.instance.balancer;

import java.util.Map;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The weights as an operator writes them.
 */
class TrafficPropertiesTests {

	private static final String HEADER = "platform.traffic.header=X-Release";

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RefreshablePropertiesAutoConfiguration.class))
		.withUserConfiguration(Traffic.class);

	@Test
	void aReleaseMayConsistOfAllThatIsAllowed() {
		this.contexts.withPropertyValues(HEADER, "platform.traffic.weights.order-service[1.1]=10",
				"platform.traffic.weights.order-service[2_b-rc.1]=20", "platform.traffic.weights.order-service[3]=0")
			.run((context) -> {
				TrafficProperties traffic = (TrafficProperties) context.getBean(Refreshable.class).get();
				assertThat(traffic.weightsOf("order-service")).isEqualTo(Map.of("1.1", 10, "2_b-rc.1", 20, "3", 0));
				assertThat(traffic.weightsOf("user-service")).isEmpty();
			});
	}

	@Test
	void thereNeedNotBeAny() {
		this.contexts.withPropertyValues(HEADER)
			.run((context) -> assertThat(((TrafficProperties) context.getBean(Refreshable.class).get()).weights())
				.isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "weights.orders[1.1]=101, weights[orders][1.1]", "weights.orders[1.1]=-1, weights[orders][1.1]",
			"weights.orders[1]=0, platform.traffic.weights must have", "weights.orders[1.0B]=1, weights[orders]",
			"weights.orders[1]=many, platform.traffic.weights.orders[1]", "header=X Release, header" })
	void whatIsNoWeightOrHeaderStopsTheStartAndIsNamed(String property, String named) {
		this.contexts.withPropertyValues(HEADER, "platform.traffic." + property)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(named));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(TrafficProperties.class)
	static class Traffic {

	}

}

package io.microplatform.instance.tracing;

import java.util.stream.IntStream;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TracingAutoConfigurationTests {

	private static final int OFTEN = 10_000;

	private final ApplicationContextRunner contexts = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(RefreshablePropertiesAutoConfiguration.class, TracingAutoConfiguration.class));

	@Test
	void withoutTheProfileNothingIsSampledAtAnyProbability() {
		this.contexts.withPropertyValues("management.tracing.sampling.probability=1")
			.run((context) -> assertThat(context.getBean(Sampler.class)).isSameAs(Sampler.NEVER_SAMPLE));
	}

	@Test
	void withTheProfileTheProbabilityDecides() {
		assertThatSampled("0", 0, 0);
		assertThatSampled("0.5", OFTEN / 3, OFTEN * 2 / 3);
		assertThatSampled("1", OFTEN, OFTEN);
	}

	private void assertThatSampled(String probability, int least, int most) {
		this.contexts
			.withPropertyValues("spring.profiles.active=tracing",
					"management.tracing.sampling.probability=" + probability)
			.run((context) -> {
				Sampler sampler = context.getBean(Sampler.class);
				assertThat((int) IntStream.range(0, OFTEN).filter(sampler::isSampled).count()).isBetween(least, most);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-0.1", "1.1", "NaN", "often" })
	void anInvalidProbabilityStopsTheStartAndIsNamed(String probability) {
		this.contexts.withPropertyValues("management.tracing.sampling.probability=" + probability)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("management.tracing.sampling.probability"));
	}

	@Test
	void spansContainNoPersonalData() {
		MutableSpan span = new MutableSpan();
		span.tag("http.url", "http://127.0.0.1/users?email=ann@example.org");
		span.tag("http.uri", "/users?email=ann@example.org");
		span.tag("jdbc.query[0]", "select ?");
		span.tag("http.path.uri", "/users/ann%40example.org/orders");
		span.error(new IllegalStateException("Key (email)=(ann@example.org) already exists."));
		span.tag("error", "Key (email)=(ann@example.org) already exists.");

		assertThat(new SpanRedaction().end(TraceContext.newBuilder().traceId(1).spanId(1).build(), span,
				SpanHandler.Cause.FINISHED))
			.isTrue();

		assertThat(span.tag("http.url")).isEqualTo("http://127.0.0.1/users");
		assertThat(span.tag("http.uri")).isEqualTo("/users");
		assertThat(span.tag("jdbc.query[0]")).isEqualTo("select ?");
		assertThat(span.tag("http.path.uri")).isEqualTo("/users/…/orders");
		assertThat(span.tag("error")).isEqualTo("java.lang.IllegalStateException");
	}

}

package io.microplatform.starter.test;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * One more instance of a service, configured like the one that a {@link ServiceTest} has:
 * on the same database, cache and topics, and in the same consumer group, but on ports of
 * its own.
 */
public final class AnotherInstance implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private AnotherInstance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts one; returns when it is ready.
	 * @param sources the service, and what else a test imports
	 */
	public static AnotherInstance of(Class<?>... sources) {
		return with(Map.of(), sources);
	}

	/**
	 * Starts one with properties of its own; returns when it is ready.
	 * @param properties what differs from the configuration of the others
	 * @param sources the service, and what else a test imports
	 */
	public static AnotherInstance with(Map<String, String> properties, Class<?>... sources) {
		return new AnotherInstance(
				new SpringApplicationBuilder(sources).initializers(new ConfiguredLikeUp()).run(arguments(properties)));
	}

	/** The only bean of a type. */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** A bean by its name. */
	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	private static String[] arguments(Map<String, String> properties) {
		SpringBootTest test = Objects
			.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(ServiceTest.class, SpringBootTest.class));
		return Stream
			.of(Stream.of(test.properties()), Stream.of("server.port=0", "management.server.port=0"),
					properties.entrySet().stream().map((property) -> property.getKey() + "=" + property.getValue()))
			.flatMap((some) -> some)
			.map((property) -> "--" + property)
			.toArray(String[]::new);
	}

}

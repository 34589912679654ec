package io.microplatform.starter.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

/**
 * A test of a whole service on real PostgreSQL, Redis and Kafka, with the configuration
 * of {@code config-repo/}, but without registry and config server.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.cloud.config.enabled=false", "eureka.client.enabled=false",
				"platform.config.import=file:${platform.root}/config-repo/application.yml,"
						+ "file:${platform.root}/config-repo/${spring.application.name}.yml" })
@ContextConfiguration(initializers = ConfiguredLikeUp.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface ServiceTest {

}

package io.microplatform.instance.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.netflix.discovery.EurekaClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An instance that asks the registry several times before it has started.
 */
class SlowStartTests {

	private static final byte[] NO_INSTANCES = """
			{"applications": {"versions__delta": "1", "apps__hashcode": "", "application": []}}"""
		.getBytes(StandardCharsets.UTF_8);

	private HttpServer registry;

	@BeforeEach
	void startRegistry() throws IOException {
		this.registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.registry.createContext("/", SlowStartTests::answer);
		this.registry.start();
	}

	@AfterEach
	void stopRegistry() {
		this.registry.stop(0);
	}

	@Test
	void isNotDisturbedByWhatTheRegistrySays() {
		List<Boolean> running = new CopyOnWriteArrayList<>();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RegistryAutoConfiguration.class,
					DiscoveryClientOptionalArgsConfiguration.class, EurekaClientAutoConfiguration.class,
					RefreshAutoConfiguration.class, UtilAutoConfiguration.class))
			.withPropertyValues("platform.discovery.password=of-the-test", "eureka.client.refresh.enable=false",
					"eureka.client.register-with-eureka=false", "eureka.client.registry-fetch-interval-seconds=1",
					"eureka.client.service-url.defaultZone=http://127.0.0.1:" + this.registry.getAddress().getPort())
			.withInitializer((context) -> context.addApplicationListener(new Heartbeats(context, running)))
			.withBean(AskedTwice.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				await().untilAsserted(() -> assertThat(running).isNotEmpty());
				assertThat(running).doesNotContain(false);
			});
	}

	private static void answer(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, NO_INSTANCES.length);
		exchange.getResponseBody().write(NO_INSTANCES);
		exchange.close();
	}

	/**
	 * Is not made before the registry was asked twice: the second time only comes when
	 * everybody was told of the first.
	 */
	static class AskedTwice {

		AskedTwice(EurekaClient registry) {
			CountDownLatch asked = new CountDownLatch(2);
			registry.registerEventListener((event) -> asked.countDown());
			await().until(() -> asked.getCount() == 0);
		}

	}

	/**
	 * Hears of the registry.
	 *
	 * @param context the context that is told
	 * @param running whether it was running by then, each time
	 */
	record Heartbeats(ConfigurableApplicationContext context,
			List<Boolean> running) implements ApplicationListener<HeartbeatEvent> {

		@Override
		public void onApplicationEvent(HeartbeatEvent event) {
			this.running.add(this.context.isRunning());
		}

	}

}

package io.microplatform.instance.drain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.EurekaInstanceConfig;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import io.microplatform.instance.configuration.Refreshable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.cloud.commons.util.InetUtilsProperties;
import org.springframework.cloud.netflix.eureka.EurekaInstanceConfigBean;
import org.springframework.cloud.netflix.eureka.InstanceInfoFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An instance that is in a registry which the tests play.
 */
class DrainTests {

	private static final Duration TIME = Duration.ofMillis(300);

	private final EurekaInstanceConfig config = config();

	private final InstanceInfo info = new InstanceInfoFactory().create(this.config);

	private final ApplicationInfoManager registration = new ApplicationInfoManager(this.config, this.info);

	private final Drain drain = drain(true, TIME);

	@BeforeEach
	void isUp() {
		this.registration.setInstanceStatus(InstanceStatus.UP);
		taken();
		this.drain.start();
	}

	@Test
	void saysThatItGoesAndServesOnUntilCallersCanKnow() {
		CompletableFuture<Duration> stopping = CompletableFuture.supplyAsync(this::stop);
		await().until(() -> this.info.getStatus() == InstanceStatus.DOWN);
		assertThat(stopping).isNotDone();
		taken();
		assertThat(stopping.join()).isGreaterThanOrEqualTo(TIME);
	}

	@Test
	void doesNotWaitWhenTheRegistryCannotTellAnybody() {
		Drain patient = drain(true, Duration.ofHours(1));
		patient.stop();
		assertThat(patient.isRunning()).isFalse();
	}

	@Test
	void saysNothingWhenItIsSwitchedOff() {
		Drain silent = drain(false, Duration.ofHours(1));
		silent.stop();
		assertThat(silent.isRunning()).isFalse();
		assertThat(this.info.getStatus()).isEqualTo(InstanceStatus.UP);
	}

	private Drain drain(boolean enabled, Duration time) {
		return new Drain(this.registration, new Refreshable<>(new DrainProperties(enabled, time)));
	}

	private static EurekaInstanceConfig config() {
		try (InetUtils network = new InetUtils(new InetUtilsProperties())) {
			EurekaInstanceConfigBean config = new EurekaInstanceConfigBean(network);
			config.setAppname("orders");
			config.setInstanceId("orders:1");
			return config;
		}
	}

	/** As its client does, once the registry has answered. */
	private void taken() {
		Long since = this.info.isDirtyWithTime();
		if (since != null) {
			this.info.unsetIsDirty(since);
		}
	}

	private Duration stop() {
		long begin = System.nanoTime();
		this.drain.stop();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}

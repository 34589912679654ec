package io.microplatform.instance.drain;

import java.time.Duration;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import io.microplatform.instance.configuration.Refreshable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * {@link SmartLifecycle} that stops first: it tells the registry that the instance is
 * DOWN and lets the instance serve until every caller can know. Then the consumers and
 * the web server stop gracefully. By default, Spring tells the registry and closes the
 * port at the same time.
 * <p>
 * If the registry does not answer within a second, there is nothing to wait for: callers
 * learn from the first refused connection.
 */
final class Drain implements SmartLifecycle {

	/** Above the web server, the consumers and the management port. */
	static final int STOPS_FIRST = Integer.MAX_VALUE - 100;

	private static final Logger log = LoggerFactory.getLogger(Drain.class);

	private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final ApplicationInfoManager registration;

	private final Refreshable<DrainProperties> properties;

	private volatile boolean running;

	Drain(ApplicationInfoManager registration, Refreshable<DrainProperties> properties) {
		this.registration = registration;
		this.properties = properties;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		DrainProperties now = this.properties.get();
		if (!now.enabled()) {
			return;
		}
		try {
			if (tellRegistry()) {
				log.info("The registry has been told; serving for {} more until callers know", now.time());
				Thread.sleep(now.time());
			}
			else {
				log.info("The registry does not answer; stopping at once");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns whether the registry knows; a thread of its client tells it. */
	private boolean tellRegistry() throws InterruptedException {
		InstanceInfo info = this.registration.getInfo();
		if (info.getStatus() == InstanceStatus.UP) {
			this.registration.setInstanceStatus(InstanceStatus.DOWN);
		}
		long end = System.nanoTime() + REGISTRY_TIMEOUT.toNanos();
		while (info.isDirtyWithTime() != null && System.nanoTime() - end < 0) {
			Thread.sleep(POLL_INTERVAL);
		}
		return info.isDirtyWithTime() == null;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return STOPS_FIRST;
	}

}

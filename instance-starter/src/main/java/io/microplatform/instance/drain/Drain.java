package io.microplatform.instance.drain;

import java.time.Duration;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import io.microplatform.instance.configuration.Live;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Comes first when an instance stops: says so to the registry, and lets everything else
 * go on as before until every caller can have learnt of it. Only then are consumers and
 * the web server stopped, which finish what is under way. By itself Spring would tell the
 * registry and stop accepting connections at the same moment.
 * <p>
 * A registry that does not take the word within a second cannot tell anybody, so there is
 * nothing to wait for: callers then learn from the first refused connection.
 */
final class Drain implements SmartLifecycle {

	/**
	 * Above the web server, the consumers, and the management port, which shows all the
	 * while that this instance is not ready.
	 */
	static final int BEFORE_EVERYTHING_ELSE = Integer.MAX_VALUE - 100;

	private static final Logger log = LoggerFactory.getLogger(Drain.class);

	private static final Duration TELLING_TAKES_AT_MOST = Duration.ofSeconds(1);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

	private final ApplicationInfoManager registration;

	private final Live<DrainProperties> properties;

	private volatile boolean running;

	Drain(ApplicationInfoManager registration, Live<DrainProperties> properties) {
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
			if (isTold()) {
				log.info("Serving for {} more, until nobody sends requests any more", now.time());
				Thread.sleep(now.time());
			}
			else {
				log.info("The registry does not answer; there is no use in waiting for callers to learn from it");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Whether the registry knows; it is told by a thread of its client. */
	private boolean isTold() throws InterruptedException {
		InstanceInfo info = this.registration.getInfo();
		if (info.getStatus() == InstanceStatus.UP) {
			this.registration.setInstanceStatus(InstanceStatus.DOWN);
		}
		long end = System.nanoTime() + TELLING_TAKES_AT_MOST.toNanos();
		while (info.isDirtyWithTime() != null && System.nanoTime() - end < 0) {
			Thread.sleep(BETWEEN_LOOKS);
		}
		return info.isDirtyWithTime() == null;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return BEFORE_EVERYTHING_ELSE;
	}

}

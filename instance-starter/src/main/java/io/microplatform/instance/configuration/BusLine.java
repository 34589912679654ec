package io.microplatform.instance.configuration;

import org.springframework.cloud.bus.BusBridge;
import org.springframework.context.event.EventListener;

/**
 * Answers those who ask over the bus.
 */
class BusLine {

	private final RunningConfiguration configuration;

	private final BusBridge bus;

	private final String busId;

	private final String instance;

	/**
	 * A line to the bus.
	 * @param configuration what is asked for
	 * @param bus where to answer
	 * @param busId this instance's name on the bus
	 * @param instance this instance's name in the registry
	 */
	BusLine(RunningConfiguration configuration, BusBridge bus, String busId, String instance) {
		this.configuration = configuration;
		this.bus = bus;
		this.busId = busId;
		this.instance = instance;
	}

	@EventListener
	void on(TakePublished question) {
		if (question.getInstances().contains(this.instance)) {
			Report report = this.configuration.take();
			this.bus.send(Took.after(this, this.busId, question, this.instance, report));
		}
	}

}

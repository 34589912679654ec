package io.microplatform.instance.training;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingLifecycleProcessorTests {

	private final List<String> started = new ArrayList<>();

	@Test
	void onlyTheWebServerAndThenTheRunAreStarted() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
					TrainingLifecycleProcessor.class, TrainingLifecycleProcessor::new);
			register(context, "consumer", Integer.MAX_VALUE - 1000);
			register(context, "registration", 0);
			register(context, "relay", SmartLifecycle.DEFAULT_PHASE);
			register(context, "web server", WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
			context.registerBean(TrainingRun.class,
					() -> new TrainingRun(() -> 1, List.of(), null, () -> this.started.add("run")));
			context.refresh();
		}
		assertThat(this.started).containsExactly("web server", "run");
	}

	private void register(GenericApplicationContext context, String name, int phase) {
		context.registerBean(name, SmartLifecycle.class, () -> new SmartLifecycle() {

			@Override
			public void start() {
				TrainingLifecycleProcessorTests.this.started.add(name);
			}

			@Override
			public void stop() {
				// Nothing to stop.
			}

			@Override
			public boolean isRunning() {
				return false;
			}

			@Override
			public int getPhase() {
				return phase;
			}

		});
	}

}

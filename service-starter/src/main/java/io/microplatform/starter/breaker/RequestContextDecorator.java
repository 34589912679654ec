package io.microplatform.starter.breaker;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/**
 * {@link TaskDecorator} that runs a task with the observation, and therefore the trace,
 * and the log fields of the submitting thread.
 */
final class RequestContextDecorator implements TaskDecorator {

	private final TaskDecorator observation = new ContextPropagatingTaskDecorator();

	@Override
	public Runnable decorate(Runnable task) {
		@Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
		return this.observation.decorate(() -> run(task, fields));
	}

	private static void run(Runnable task, @Nullable Map<String, String> fields) {
		if (fields != null) {
			MDC.setContextMap(fields);
		}
		try {
			task.run();
		}
		finally {
			MDC.clear();
		}
	}

}

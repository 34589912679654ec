package io.microplatform.starter.breaker;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import io.microplatform.starter.log.LogField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class RequestContextDecoratorTests {

	private final AtomicReference<@Nullable String> user = new AtomicReference<>();

	@Test
	void theFieldsOfLogLinesAreThoseOfTheSubmitterUntilTheTaskEnds() throws Exception {
		try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
			Runnable task;
			try (LogField.Scope _ = LogField.USER.open(7)) {
				task = new RequestContextDecorator().decorate(this::read);
			}
			assertThat(read(thread, task)).isEqualTo("7");
			assertThat(read(thread, this::read)).isNull();
			assertThat(read(thread, new RequestContextDecorator().decorate(this::read))).isNull();
		}
	}

	private @Nullable String read(ExecutorService thread, Runnable task)
			throws InterruptedException, ExecutionException {
		thread.submit(task).get();
		return this.user.get();
	}

	private void read() {
		this.user.set(MDC.get("userId"));
	}

}

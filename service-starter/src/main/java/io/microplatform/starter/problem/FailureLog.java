package io.microplatform.starter.problem;

import io.microplatform.starter.log.LogField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Logs each answer with a status of 5xx under the trace id in the answer, also where the
 * request has no span or has it no longer.
 */
final class FailureLog {

	private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

	private FailureLog() {
	}

	/**
	 * Logs the answer if it is a failure of this instance.
	 * @param status of the answer
	 * @param traceId that the answer names
	 * @param cause of the failure, if it is known
	 */
	static void log(HttpStatusCode status, String traceId, @Nullable Throwable cause) {
		if (!status.is5xxServerError()) {
			return;
		}
		try (LogField.Scope _ = LogField.TRACE.open(traceId)) {
			if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
				log.warn("Answering {}: {}", status.value(), (cause != null) ? cause.toString() : "unknown cause");
			}
			else {
				log.error("Answering {}", status.value(), cause);
			}
		}
	}

}

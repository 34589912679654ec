package io.microplatform.instance.balancer;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What an attempt at an instance says of the instance.
 */
public enum AttemptOutcome {

	/** The instance answered, and the answer is not an error of its own. */
	ANSWERED,

	/** The instance is still processing an earlier attempt at the same request. */
	IN_PROGRESS,

	/** The instance is overloaded, or lacks what it depends on. */
	SHED,

	/**
	 * The instance answered with an error of its own. The request may cause the error at
	 * every instance, so a single error does not speak against this one.
	 */
	ERRED,

	/** The instance, or a server behind it, broke the connection. */
	BROKE_OFF,

	/** The instance did not answer in time. */
	TIMED_OUT,

	/** The instance accepted no connection: nothing was sent. */
	REFUSED,

	/** Nothing was sent, because the caller had no connection left. */
	NOT_SENT,

	/** The caller cancelled the request before it was answered. */
	ABANDONED;

	/** Whether the instance cannot have processed the request. */
	public boolean nothingWasSent() {
		return this == REFUSED || this == NOT_SENT;
	}

	/**
	 * Classifies an answer. 503 is the right answer of an overloaded instance and does
	 * not speak against it. 409 with {@code Retry-After} is a conflict that ends by
	 * itself: one with an earlier attempt at the same request.
	 * @param status the status code of the answer
	 * @param headers the headers of the answer
	 * @return the outcome
	 */
	public static AttemptOutcome of(int status, HttpHeaders headers) {
		return switch (status) {
			case 409 -> headers.containsHeader(HttpHeaders.RETRY_AFTER) ? IN_PROGRESS : ANSWERED;
			case 503 -> SHED;
			case 502, 504 -> BROKE_OFF;
			default -> (status < 500) ? ANSWERED : ERRED;
		};
	}

	/**
	 * Classifies a failure by the first exception in its chain of causes that is known.
	 * @param failure why there is no answer
	 * @param classifier classifies one exception without its causes; {@code null} if it
	 * does not know the exception
	 * @return the outcome, {@link #BROKE_OFF} if no exception is known
	 */
	public static AttemptOutcome of(Throwable failure, Function<Throwable, @Nullable AttemptOutcome> classifier) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			AttemptOutcome outcome = classifier.apply(cause);
			if (outcome != null) {
				return outcome;
			}
		}
		return BROKE_OFF;
	}

	/**
	 * Classifies an exception of the JDK, without its causes.
	 * @param failure the exception
	 * @return the outcome, {@code null} if the exception is not known
	 */
	public static @Nullable AttemptOutcome ofException(Throwable failure) {
		return switch (failure) {
			case ConnectException ex -> REFUSED;
			case HttpConnectTimeoutException ex -> REFUSED;
			case NoRouteToHostException ex -> REFUSED;
			case UnknownHostException ex -> REFUSED;
			case HttpTimeoutException ex -> TIMED_OUT;
			case SocketTimeoutException ex -> TIMED_OUT;
			case TimeoutException ex -> TIMED_OUT;
			default -> null;
		};
	}

	/** The value of the tag {@code outcome} of the metrics. */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}

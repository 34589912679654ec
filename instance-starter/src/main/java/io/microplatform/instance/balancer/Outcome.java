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
 * What became of an attempt at an instance.
 */
public enum Outcome {

	/** It answered, and its answer does not speak against it. */
	ANSWERED,

	/** It said that the request has come before and is still being worked on. */
	IN_PROGRESS,

	/** It said that it has too much to do, or that what it needs is away. */
	SHED,

	/**
	 * It answered with an error of its own. The request may cause the error at every
	 * instance, so that one error alone does not speak against this one.
	 */
	ERRED,

	/** It broke off, or somebody behind it did. */
	BROKE_OFF,

	/** It did not answer in time. */
	TIMED_OUT,

	/** There was no connection: nothing was sent. */
	REFUSED,

	/** Nothing was sent either, but for want of a connection of the caller's own. */
	NOT_SENT,

	/** Whoever wanted the answer went away first. */
	ABANDONED;

	/** Whether the instance cannot have done anything. */
	public boolean nothingWasSent() {
		return this == REFUSED || this == NOT_SENT;
	}

	/**
	 * What an answer says of the instance. Shedding is right, and 503 is how it is said;
	 * to leave out who sheds would only give the others more. A conflict that passes by
	 * itself, so that there is a time to come back after, is one with a twin of the
	 * request.
	 * @param status of the answer
	 * @param headers of the answer
	 * @return the outcome of the attempt
	 */
	public static Outcome of(int status, HttpHeaders headers) {
		return switch (status) {
			case 409 -> headers.containsHeader(HttpHeaders.RETRY_AFTER) ? IN_PROGRESS : ANSWERED;
			case 503 -> SHED;
			case 502, 504 -> BROKE_OFF;
			default -> (status < 500) ? ANSWERED : ERRED;
		};
	}

	/**
	 * What a failed attempt says of the instance: the first of the failure and its causes
	 * that says anything.
	 * @param failure why there is no answer
	 * @param ofOne what a single one says, without its causes; null for nothing
	 * @return the outcome of the attempt
	 */
	public static Outcome of(Throwable failure, Function<Throwable, @Nullable Outcome> ofOne) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			Outcome outcome = ofOne.apply(cause);
			if (outcome != null) {
				return outcome;
			}
		}
		return BROKE_OFF;
	}

	/**
	 * What a failure of the JDK says, without its causes.
	 * @param failure the failure
	 * @return the outcome, null when it says nothing
	 */
	public static @Nullable Outcome ofOne(Throwable failure) {
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

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}

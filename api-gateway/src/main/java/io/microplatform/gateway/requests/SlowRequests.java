package io.microplatform.gateway.requests;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.preference.PreferredWait;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * {@link ObservationHandler} that logs each routed request that takes longer than
 * {@code platform.requests.slow} until the end of its response. The time that the client
 * prefers to wait is added to the limit. The line contains the trace id and the pattern
 * of the route, but nothing that the client sent.
 */
@Component
class SlowRequests implements ObservationHandler<ServerRequestObservationContext> {

	private static final Logger logger = LoggerFactory.getLogger("io.microplatform.gateway.requests");

	private final Refreshable<RequestProperties> properties;

	private final Tracer tracer;

	SlowRequests(Refreshable<RequestProperties> properties, Tracer tracer) {
		this.properties = properties;
		this.tracer = tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServerRequestObservationContext;
	}

	@Override
	public void onStart(ServerRequestObservationContext context) {
		context.put(Start.class, new Start(System.nanoTime()));
	}

	@Override
	public void onStop(ServerRequestObservationContext context) {
		Start start = context.get(Start.class);
		Object route = context.getAttributes().get(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
		ServerHttpRequest request = context.getCarrier();
		if (start == null || route == null || request == null) {
			return;
		}
		long duration = System.nanoTime() - start.nanos();
		if (duration > this.properties.get().slow().toNanos() && duration > limit(request)) {
			log(context, request, route.toString(), duration);
		}
	}

	private long limit(ServerHttpRequest request) {
		long slow = this.properties.get().slow().toNanos();
		return PreferredWait.of(request.getHeaders().getOrEmpty(PreferredWait.HEADER))
			.map((wait) -> slow + wait.toNanos())
			.orElse(slow);
	}

	/** Logs in the scope of the request's span, which is not current in this thread. */
	private void log(ServerRequestObservationContext context, ServerHttpRequest request, String route, long duration) {
		TracingContext tracing = context.get(TracingContext.class);
		try (Tracer.SpanInScope _ = this.tracer.withSpan((tracing != null) ? tracing.getSpan() : null)) {
			logger.atWarn()
				.addKeyValue("http.request.method", request.getMethod().name())
				.addKeyValue("http.route", route)
				.addKeyValue("http.response.status_code", status(context.getResponse()))
				.addKeyValue("event.duration", duration)
				.log("slow request");
		}
	}

	/** 0 if the client closed the connection before there was a response. */
	private static int status(@Nullable ServerHttpResponse response) {
		HttpStatusCode status = (response != null) ? response.getStatusCode() : null;
		return (status != null) ? status.value() : 0;
	}

	/** The start of a request, as a value of {@link System#nanoTime()}. */
	private record Start(long nanos) {

	}

}

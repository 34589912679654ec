package io.microplatform.gateway.problem;

import java.util.List;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.instance.problem.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Handler that answers every error of the gateway with a {@link Problem} that contains
 * the trace id of the request, with which the error is logged. Does not affect answers of
 * services.
 */
@Component
@Order(ProblemExceptionHandler.BEFORE_THE_ERROR_PAGE)
class ProblemExceptionHandler implements WebExceptionHandler {

	static final int BEFORE_THE_ERROR_PAGE = -2;

	private static final String CROSS_ORIGIN = "Access-Control-";

	private static final Logger logger = LoggerFactory.getLogger(ProblemExceptionHandler.class);

	private final Tracer tracer;

	private final CrossOriginRules crossOrigin;

	ProblemExceptionHandler(Tracer tracer, CrossOriginRules crossOrigin) {
		this.tracer = tracer;
		this.crossOrigin = crossOrigin;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		ServerHttpResponse response = exchange.getResponse();
		// Too late for another answer, or the client has closed the connection.
		if (response.isCommitted() || error instanceof AbortedException) {
			return Mono.error(error);
		}
		ProblemKind kind = Errors.kindOf(error, ServerWebExchangeUtils.isAlreadyRouted(exchange));
		Span span = span(exchange);
		String traceId = (span != null) ? span.context().traceId() : Problem.newTraceId();
		if (span != null) {
			log(kind, error, span);
		}
		else {
			log(kind, error, traceId);
		}
		RefusedRequestException refusal = Errors.refusalIn(error);
		return write(exchange, new Problem(kind, Errors.detailOf(error, kind), traceId),
				(refusal != null) ? refusal.headers() : HttpHeaders.EMPTY);
	}

	private Mono<Void> write(ServerWebExchange exchange, Problem problem, HttpHeaders ofRefusal) {
		ServerHttpResponse response = exchange.getResponse();
		byte[] body = problem.toJson();
		response.setStatusCode(HttpStatusCode.valueOf(problem.kind().status()));
		HttpHeaders headers = response.getHeaders();
		// What a failed filter or a service already wrote describes another body.
		HttpHeaders crossOriginHeaders = crossOriginHeaders(exchange);
		headers.clear();
		headers.putAll(crossOriginHeaders);
		problem.headers().forEach(headers::set);
		headers.putAll(ofRefusal);
		headers.set(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
		headers.setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	/** Returns the headers of the route or, without a route, those of the path. */
	private HttpHeaders crossOriginHeaders(ServerWebExchange exchange) {
		HttpHeaders headers = new HttpHeaders();
		exchange.getResponse().getHeaders().forEach((name, values) -> {
			if (name.regionMatches(true, 0, CROSS_ORIGIN, 0, CROSS_ORIGIN.length())) {
				headers.put(name, values);
			}
		});
		if (headers.isEmpty()) {
			ServerHttpRequest request = exchange.getRequest();
			this.crossOrigin.headers(request.getPath().value(), request.getHeaders().getOrigin()).forEach(headers::set);
		}
		else {
			headers.setVary(List.of(HttpHeaders.ORIGIN));
		}
		return headers;
	}

	private static @Nullable Span span(ServerWebExchange exchange) {
		return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
			.map((context) -> (TracingContext) context.get(TracingContext.class))
			.map(TracingContext::getSpan)
			.orElse(null);
	}

	private void log(ProblemKind kind, Throwable error, Span span) {
		try (Tracer.SpanInScope _ = this.tracer.withSpan(span)) {
			log(kind, error);
		}
	}

	/** Logs a failure of a request that has no span yet. */
	private static void log(ProblemKind kind, Throwable error, String traceId) {
		try (MDC.MDCCloseable _ = MDC.putCloseable("traceId", traceId)) {
			log(kind, error);
		}
	}

	private static void log(ProblemKind kind, Throwable error) {
		if (kind == ProblemKind.INTERNAL) {
			logger.error("Failed to answer", error);
		}
		else if (kind.status() >= 500 && Errors.refusalIn(error) == null) {
			logger.warn("Answered {}: {}", kind.status(), error.toString());
		}
		else {
			// A flood of refused requests must not fill the log.
			logger.debug("Answered {}: {}", kind.status(), error.toString());
		}
	}

}

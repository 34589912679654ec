package io.microplatform.gateway.inbound;

import java.time.Duration;
import java.util.Set;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the requests of clients and of the concurrency of the gateway. Startup fails
 * if one is missing or invalid.
 *
 * @param maxBodySize the maximum size of a request body, which is held in memory as a
 * whole
 * @param requestTimeout the time from the first byte of a request to its last
 * @param writeTimeout the time for each part of an answer; a change applies to new
 * connections
 * @param maxInProgress the maximum number of requests in progress, without those with
 * {@code Prefer: wait}
 * @param maxInProgressPerPath the maximum number of them whose paths begin with the same
 * segment
 * @param maxConnections the maximum number of connections of clients
 * @param requestHeaders the names of the headers that may pass to a service, in any case
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.gateway")
record InboundProperties(@NotNull DataSize maxBodySize,
		@NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5) Duration requestTimeout,
		@NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5) Duration writeTimeout, @Min(1) int maxInProgress,
		@Min(1) int maxInProgressPerPath, @Min(1) int maxConnections, @NotEmpty Set<String> requestHeaders) {

	private static final DataSize MOST = DataSize.ofMegabytes(16);

	InboundProperties {
		if (requestHeaders != null) { // which is not checked yet
			requestHeaders = RequestHeaders.ignoringCase(requestHeaders);
		}
	}

	@AssertTrue(message = "platform.gateway.request-headers must not name a header of the connection, such as TE")
	boolean isRequestHeadersMeantForServices() {
		return this.requestHeaders == null
				|| this.requestHeaders.stream().noneMatch(RequestHeaders.HOP_BY_HOP::contains);
	}

	@AssertTrue(message = "platform.gateway.request-headers must not contain a tracing header, such as traceparent")
	boolean isRequestHeadersWithoutTracing() {
		return this.requestHeaders == null
				|| this.requestHeaders.stream().noneMatch(RequestHeaders.OF_TRACING::contains);
	}

	@AssertTrue(message = "platform.gateway.max-body-size must be at least 1 byte and at most 16 MB")
	boolean isMaxBodySizeSensible() {
		return this.maxBodySize == null || (this.maxBodySize.toBytes() > 0 && this.maxBodySize.compareTo(MOST) <= 0);
	}

}

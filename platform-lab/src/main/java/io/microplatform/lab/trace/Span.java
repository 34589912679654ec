package io.microplatform.lab.trace;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A span in the representation of Zipkin's API.
 *
 * @param traceId the id of the trace
 * @param id the id of the span
 * @param parentId the id of the parent; null for the root
 * @param kind CLIENT, SERVER, PRODUCER or CONSUMER; null for a local span
 * @param name the name, in lower case
 * @param localEndpoint the service; null if it is unknown
 * @param tags the tags
 */
public record Span(String traceId, String id, @Nullable String parentId, @Nullable String kind, @Nullable String name,
		@Nullable Endpoint localEndpoint, @Nullable Map<String, String> tags) {

	/**
	 * Returns the service and the name, such as {@code order-service publish
	 * order.created}.
	 * @return the service and the name
	 */
	public String title() {
		return ((this.localEndpoint != null) ? this.localEndpoint.serviceName() : null) + " " + this.name;
	}

	/**
	 * Returns a tag.
	 * @param key the key
	 * @return the value, or an empty string if the tag is absent
	 */
	public String tag(String key) {
		return (this.tags != null) ? this.tags.getOrDefault(key, "") : "";
	}

	/**
	 * The origin of a span.
	 *
	 * @param serviceName the name of the service
	 */
	public record Endpoint(@Nullable String serviceName) {
	}

}

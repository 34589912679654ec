package io.microplatform.lab.trace;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.RunningPlatform;

/**
 * A client of the Zipkin server that {@code ./platform up --with zipkin} starts.
 *
 * @param url the base URL
 */
public record ZipkinClient(URI url) {

	/** The name of the server in the records of processes. */
	public static final String NAME = "zipkin";

	private static final int MANY = 20_000;

	/**
	 * Finds the Zipkin of a platform.
	 * @param platform the platform
	 * @return the client
	 * @throws IllegalStateException if the platform was started without Zipkin
	 */
	public static ZipkinClient of(RunningPlatform platform) {
		return new ZipkinClient(
				URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d", platform.recordOf(NAME).port())));
	}

	/**
	 * Returns the traces that contain a tag, with all of their spans.
	 * @param tag the key of the tag, or the key and the value, such as {@code order.id=1}
	 * @param since the earliest start of a trace
	 * @return the traces
	 */
	public List<Trace> traces(String tag, Instant since) {
		return Stream.of(PlatformClient.of(this.url).get(query(tag, since)).expect(200).as(Span[][].class))
			.map((spans) -> new Trace(List.of(spans)))
			.toList();
	}

	/**
	 * Returns everything that Zipkin stores.
	 * @param since the earliest start of a trace
	 * @return the traces as JSON
	 */
	public String text(Instant since) {
		return PlatformClient.of(this.url).get(query("", since)).expect(200).body();
	}

	private static String query(String tag, Instant since) {
		Instant now = Instant.now();
		String annotation = tag.isEmpty() ? "" : "&annotationQuery=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
		return String.format(Locale.ROOT, "/api/v2/traces?limit=%d&endTs=%d&lookback=%d%s", MANY, now.toEpochMilli(),
				Duration.between(since, now).toMillis(), annotation);
	}

}

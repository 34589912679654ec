package io.microplatform.gateway.inbound;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.microplatform.gateway.inbound.RequestRules.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Connection}. A proxy has to remove the headers that it names, so a
 * client could take away what the next server relies on. Only headers between two servers
 * may be named; those never pass the gateway anyway.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, section
 * 7.6.1</a>
 */
final class ConnectionOptions {

	/** Headers that concern one connection, by RFC 9110 or by custom. */
	static final Set<String> OF_THE_CONNECTION = RequestHeaders
		.caseless(Set.of("Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection",
				"TE", "Trailer", "Transfer-Encoding", "Upgrade"));

	private static final Set<String> ALWAYS_NEEDED = RequestHeaders.caseless(Set.of("Content-Length", "Host"));

	private ConnectionOptions() {
	}

	/**
	 * Returns why a request is refused for its connection options.
	 * @param headers the headers of the request
	 * @param passes whether a header is read by the gateway or a service, by its name in
	 * any case
	 * @return the reason, or {@code null} if they name no such header
	 */
	static @Nullable Refusal check(HttpHeaders headers, Predicate<String> passes) {
		return options(headers).anyMatch((option) -> passes.test(option) || ALWAYS_NEEDED.contains(option))
				? RequestRules.malformed("The Connection header must not name a header that is meant for the service.")
				: null;
	}

	/**
	 * Leaves only the options {@code close} and {@code keep-alive}.
	 * @param headers the headers of a request, which are changed
	 */
	static void clean(HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.CONNECTION)) {
			return;
		}
		Set<String> options = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		options(headers).forEach(options::add);
		headers.remove(HttpHeaderNames.CONNECTION);
		Stream.of(HttpHeaderValues.CLOSE, HttpHeaderValues.KEEP_ALIVE)
			.filter((option) -> options.contains(option.toString()))
			.findFirst()
			.ifPresent((option) -> headers.set(HttpHeaderNames.CONNECTION, option));
	}

	private static Stream<String> options(HttpHeaders headers) {
		return headers.getAll(HttpHeaderNames.CONNECTION)
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip);
	}

}

package io.microplatform.gateway.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Resolver of the address of the client that sent a request: the peer of the connection
 * or, if the peer is one of {@code platform.rate-limits.trusted-proxies}, the right-most
 * address in {@code X-Forwarded-For} that is not a trusted proxy. Values that a client
 * adds to the header itself are to the left of this address and are never used.
 */
@Component
public class ClientAddress {

	/** The header in which a proxy reports the address of its peer. */
	public static final String HEADER = "X-Forwarded-For";

	private final Refreshable<RateLimitProperties> properties;

	ClientAddress(Refreshable<RateLimitProperties> properties) {
		this.properties = properties;
	}

	/**
	 * Returns whether the gateway itself reads a request header.
	 * @param header the name, in any case
	 * @return {@code true} for {@code X-Forwarded-For}, if there are trusted proxies
	 */
	public boolean reads(String header) {
		return header.equalsIgnoreCase(HEADER) && !this.properties.get().trustedProxies().isEmpty();
	}

	/**
	 * Returns the address of a client.
	 * @param request a request of the client
	 * @return the address, {@code null} if the connection has none
	 */
	public @Nullable InetAddress of(ServerHttpRequest request) {
		List<AddressRange> proxies = this.properties.get().trustedProxies();
		InetSocketAddress peer = request.getRemoteAddress();
		InetAddress client = (peer != null) ? peer.getAddress() : null;
		if (client == null || !isIn(proxies, client)) {
			return client;
		}
		for (String hop : hops(request).reversed()) {
			InetAddress next = address(hop);
			if (next == null) {
				return client;
			}
			client = next;
			if (!isIn(proxies, client)) {
				return client;
			}
		}
		return client;
	}

	private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
		return ranges.stream().anyMatch((range) -> range.contains(address));
	}

	private static List<String> hops(ServerHttpRequest request) {
		return request.getHeaders()
			.getOrEmpty(HEADER)
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip)
			.toList();
	}

	/** Parses an address with or without a port, and with or without brackets (IPv6). */
	private static @Nullable InetAddress address(String hop) {
		int colon = hop.indexOf(':');
		if (hop.startsWith("[")) {
			int end = hop.indexOf(']');
			return (end > 0) ? AddressRange.address(hop.substring(1, end)) : null;
		}
		boolean isWithPort = colon >= 0 && colon == hop.lastIndexOf(':');
		return AddressRange.address(isWithPort ? hop.substring(0, colon) : hop);
	}

}

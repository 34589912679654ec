package io.microplatform.user.login;

import java.net.InetAddress;
import java.util.HexFormat;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The address from which a request was sent: the address that the gateway sets in
 * {@code X-Forwarded-For}, or else the peer. The gateway replaces this header of clients,
 * and clients reach a service only through the gateway.
 *
 * @param subject the subject of limits: an IPv4 address, or the /64 network of an IPv6
 * address, because one client usually has all addresses of such a network
 */
record CallerAddress(String subject) {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private static final int IPV4_BYTES = 4;

	private static final int NETWORK_BYTES = 8;

	static CallerAddress of(HttpServletRequest request) {
		String peer = request.getRemoteAddr();
		@Nullable String forwarded = request.getHeader(FORWARDED_FOR);
		String client = (forwarded != null) ? forwarded.split(",", 2)[0].strip() : peer;
		try {
			return new CallerAddress(subject(InetAddress.ofLiteral(client)));
		}
		catch (IllegalArgumentException ex) {
			// Not from the gateway.
			return new CallerAddress(peer);
		}
	}

	private static String subject(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length == IPV4_BYTES) ? address.getHostAddress()
				: HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64";
	}

}

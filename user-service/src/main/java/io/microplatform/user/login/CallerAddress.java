package io.microplatform.user.login;

import java.net.InetAddress;

import io.microplatform.instance.limit.AddressSubject;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The address from which a request was sent: the address that the gateway sets in
 * {@code X-Forwarded-For}, or else the peer. The gateway replaces this header of clients,
 * and clients reach a service only through the gateway.
 *
 * @param subject the {@linkplain AddressSubject subject} of its limits
 */
record CallerAddress(String subject) {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	static CallerAddress of(HttpServletRequest request) {
		String peer = request.getRemoteAddr();
		@Nullable String forwarded = request.getHeader(FORWARDED_FOR);
		String client = (forwarded != null) ? forwarded.split(",", 2)[0].strip() : peer;
		try {
			return new CallerAddress(AddressSubject.of(InetAddress.ofLiteral(client)));
		}
		catch (IllegalArgumentException ex) {
			// Not from the gateway.
			return new CallerAddress(peer);
		}
	}

}

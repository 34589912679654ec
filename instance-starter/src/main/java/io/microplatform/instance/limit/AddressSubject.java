package io.microplatform.instance.limit;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The subject to which the limits of a client address apply: an IPv4 address, or the /64
 * network of an IPv6 address, because one client usually has all addresses of such a
 * network (RFC 6177).
 */
public final class AddressSubject {

	private static final int IPV4_BYTES = 4;

	private static final int NETWORK_BYTES = 8;

	private AddressSubject() {
	}

	/**
	 * Returns the subject of an address.
	 * @param address the address of a client
	 * @return the text form of an IPv4 address, or the hexadecimal form of a network
	 */
	public static String of(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length == IPV4_BYTES) ? address.getHostAddress()
				: HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64";
	}

}

package io.microplatform.gateway.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses with a common prefix (CIDR, RFC 4632), such as
 * {@code 10.0.0.0/8}. Host names are not resolved. Immutable.
 *
 * @param network the lowest address of the range
 * @param prefixLength the number of leading bits that all addresses of the range share
 */
record AddressRange(InetAddress network, int prefixLength) {

	/**
	 * Parses a range. Spring calls this method to convert a property.
	 * @param text an address, or an address and the length of a prefix
	 * @return the range; an address alone is a range of one
	 * @throws IllegalArgumentException if the text is neither
	 */
	public static AddressRange valueOf(String text) {
		String[] parts = text.strip().split("/", 2);
		InetAddress address = address(parts[0]);
		if (address != null) {
			int bits = address.getAddress().length * Byte.SIZE;
			int prefixLength = (parts.length == 1) ? bits : number(parts[1]);
			if (prefixLength >= 0 && prefixLength <= bits) {
				return of(address, prefixLength);
			}
		}
		throw new IllegalArgumentException(
				"'" + text + "' must be an IP address or a range of addresses, such as 10.0.0.0/8");
	}

	/** Parses a number with at most three digits; returns -1 for any other text. */
	private static int number(String text) {
		return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
	}

	/**
	 * Returns the range of an address.
	 * @param member an address of the range
	 * @param prefixLength the length of its prefix, in bits
	 * @return the range
	 */
	static AddressRange of(InetAddress member, int prefixLength) {
		byte[] bytes = member.getAddress();
		for (int i = 0; i < bytes.length; i++) {
			int kept = Math.clamp(prefixLength - i * (long) Byte.SIZE, 0, Byte.SIZE);
			bytes[i] = (byte) (bytes[i] & (0xFF << (Byte.SIZE - kept)));
		}
		return new AddressRange(address(bytes), prefixLength);
	}

	/**
	 * Parses an address without asking a name server.
	 * @param text the text form of an IPv4 or IPv6 address
	 * @return the address, {@code null} if it is not valid
	 */
	static @Nullable InetAddress address(String text) {
		byte[] bytes = text.isEmpty() ? null : NetUtil.createByteArrayFromIpAddressString(text);
		return (bytes != null) ? address(bytes) : null;
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex); // only if it is neither 4 nor 16 bytes
		}
	}

	/** Returns whether the range contains an address. */
	boolean contains(InetAddress address) {
		return address.getAddress().length == this.network.getAddress().length
				&& of(address, this.prefixLength).network().equals(this.network);
	}

	/** Returns the range in CIDR notation. */
	@Override
	public String toString() {
		return this.network.getHostAddress() + "/" + this.prefixLength;
	}

}

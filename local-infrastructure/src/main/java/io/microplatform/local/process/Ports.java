package io.microplatform.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of this machine's loopback address.
 */
public final class Ports {

	/**
	 * Below the range from which the kernel takes ports for outgoing connections, so that
	 * a server that is restarted finds its port still free.
	 */
	private static final int FIRST = 20000;

	private static final int END = 32000;

	private static final int CONNECT_MILLIS = 500;

	private Ports() {
	}

	/** Different ports that are free at this moment. */
	public static List<Integer> free(int count) {
		Set<Integer> ports = new LinkedHashSet<>();
		while (ports.size() < count) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, END);
			if (isFree(port)) {
				ports.add(port);
			}
		}
		return List.copyOf(ports);
	}

	/**
	 * Finds consecutive free ports.
	 * @param length the number of ports
	 * @param taken ports that must not be among them
	 * @return the first of them
	 */
	public static int freeRow(int length, Collection<Integer> taken) {
		while (true) {
			int first = free(1).getFirst();
			if (IntStream.range(first, first + length).allMatch((port) -> !taken.contains(port) && isFree(port))) {
				return first;
			}
		}
	}

	public static boolean isFree(int port) {
		// macOS lets a second one bind where the first listens on all addresses.
		return !isListening(port) && refusal(port).isEmpty();
	}

	/** Why the system refuses the port, if it does. */
	static Optional<IOException> refusal(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return Optional.empty();
		}
		catch (IOException taken) {
			return Optional.of(taken);
		}
	}

	/** Whether a process accepts connections on the port. */
	public static boolean isListening(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
			// A port for outgoing connections may be given to this one, which then meets
			// itself.
			return socket.getLocalPort() != port;
		}
		catch (IOException ex) {
			return false;
		}
	}

}

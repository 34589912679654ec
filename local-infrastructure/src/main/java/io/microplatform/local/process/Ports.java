package io.microplatform.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

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

	/** Different ports on which nobody listens at this moment. */
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

	public static boolean isFree(int port) {
		// macOS lets a second one bind where the first listens on all addresses.
		if (isListening(port)) {
			return false;
		}
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException taken) {
			return false;
		}
	}

	/** Whether somebody accepts connections there. */
	public static boolean isListening(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}

package io.microplatform.local.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The reason why a program of this user cannot listen on a port of 127.0.0.1.
 */
public final class PortObstacle {

	private static final String NO_RIGHT = "Permission denied";

	private PortObstacle() {
	}

	/**
	 * The obstacle, as the end of a sentence about the port that begins with a verb and
	 * says what to do; empty when the port is free.
	 */
	public static Optional<String> of(int port) throws IOException {
		if (Ports.isFree(port)) {
			return Optional.empty();
		}
		Optional<PortOwner> listener = PortOwner.of(port);
		if (listener.isPresent()) {
			return Optional.of("is taken by " + listener.get() + ": end it");
		}
		if (Ports.refusal(port)
			.map(IOException::getMessage)
			.filter((reason) -> reason.contains(NO_RIGHT))
			.isPresent()) {
			return Optional.of("is reserved for the administrator of this machine");
		}
		return Optional.of(hidden(TcpSocket.on(port)));
	}

	private static String hidden(List<TcpSocket> sockets) throws IOException {
		Optional<TcpSocket> listener = sockets.stream().filter((socket) -> socket.is(TcpSocket.LISTEN)).findFirst();
		if (listener.isPresent()) {
			return "is taken by a process of another user (user id " + listener.get().user() + "): have it ended";
		}
		Optional<PortOwner> end = PortOwner.of(sockets);
		if (end.isPresent()) {
			return "is one end of a connection of " + end.get() + ": end it";
		}
		if (sockets.stream().anyMatch((socket) -> socket.is(TcpSocket.TIME_WAIT))) {
			return "is kept by a connection that was closed within the last minute (TIME-WAIT): wait a minute";
		}
		return "is taken by a process of another user, or by a connection that is being closed: wait a minute";
	}

}

package io.microplatform.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process that listens on a port.
 *
 * @param pid the process
 * @param command what it runs, shortened
 */
public record PortOwner(long pid, String command) {

	private static final int COMMAND_LENGTH = 80;

	/** Empty if no process listens, or one that this user may not see. */
	public static Optional<PortOwner> of(int port) throws IOException {
		Optional<Long> pid = Files.isDirectory(Path.of("/proc/self/fd")) ? fromProc(port) : fromLsof(port);
		return pid.map((id) -> new PortOwner(id, commandOf(id)));
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "pid %d (%s)", this.pid, this.command);
	}

	private static Optional<Long> fromProc(int port) throws IOException {
		return holderOf(TcpSocket.on(port).stream().filter((socket) -> socket.is(TcpSocket.LISTEN)).toList());
	}

	/** Whose connection has one of these sockets as an end. */
	static Optional<PortOwner> of(List<TcpSocket> sockets) throws IOException {
		return holderOf(sockets).map((id) -> new PortOwner(id, commandOf(id)));
	}

	private static Optional<Long> holderOf(List<TcpSocket> sockets) throws IOException {
		List<String> links = sockets.stream().map((socket) -> "socket:[" + socket.inode() + "]").toList();
		try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
			return processes.filter((process) -> process.getFileName().toString().matches("\\d+"))
				.filter((process) -> holdsOneOf(process.resolve("fd"), links))
				.map((process) -> Long.valueOf(process.getFileName().toString()))
				.findFirst();
		}
	}

	private static boolean holdsOneOf(Path descriptors, List<String> sockets) {
		try (Stream<Path> links = Files.list(descriptors)) {
			return links.anyMatch((link) -> sockets.contains(targetOf(link)));
		}
		catch (IOException goneOrNotOurs) {
			return false;
		}
	}

	private static String targetOf(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException gone) {
			return "";
		}
	}

	private static Optional<Long> fromLsof(int port) throws IOException {
		Process lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN").start();
		return new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.findFirst()
			.map(Long::valueOf);
	}

	private static String commandOf(long pid) {
		String line = ProcessHandle.of(pid)
			.flatMap((handle) -> handle.info().commandLine().or(() -> handle.info().command()))
			.orElse("unknown command")
			.replaceAll("\\s+", " ");
		return (line.length() <= COMMAND_LENGTH) ? line : line.substring(0, COMMAND_LENGTH) + "…";
	}

}

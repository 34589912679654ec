package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The local end of a TCP connection, or a listening socket, as Linux lists it.
 *
 * @param state one of {@link #LISTEN}, {@link #TIME_WAIT} and others
 * @param user the id of the user it belongs to
 * @param inode by which a process holds it; 0 when no process does any more
 */
record TcpSocket(String state, String user, String inode) {

	static final String LISTEN = "0A";

	static final String TIME_WAIT = "06";

	private static final Pattern SPACES = Pattern.compile("\\s+");

	/** 127.0.0.1 and all addresses, of both families. */
	private static final Set<String> ADDRESSES = Set.of("0100007F", "00000000", "0".repeat(32),
			"0000000000000000FFFF00000100007F");

	private static final int LOCAL_ADDRESS = 1;

	private static final int STATE = 3;

	private static final int USER = 7;

	private static final int INODE = 9;

	/** Those that keep others from listening on that port of 127.0.0.1. */
	static List<TcpSocket> on(int port) throws IOException {
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		return Stream.concat(lines(Path.of("/proc/net/tcp")), lines(Path.of("/proc/net/tcp6")))
			.map((line) -> SPACES.split(line.strip(), -1))
			.filter((fields) -> fields.length > INODE && fields[LOCAL_ADDRESS].endsWith(suffix)
					&& ADDRESSES
						.contains(fields[LOCAL_ADDRESS].substring(0, fields[LOCAL_ADDRESS].length() - suffix.length())))
			.map((fields) -> new TcpSocket(fields[STATE], fields[USER], fields[INODE]))
			.toList();
	}

	private static Stream<String> lines(Path table) throws IOException {
		return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.empty();
	}

	boolean is(String... states) {
		return Arrays.asList(states).contains(this.state);
	}

}

package io.microplatform.starter.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a request that is sent byte by byte as it is given, which no client
 * library does.
 *
 * @param status of the answer
 * @param text the whole answer
 */
record RawCall(int status, String text) {

	private static final int PATIENCE_MILLIS = 10_000;

	private static final Pattern TRACE_ID = Pattern.compile("\"traceId\":\"([0-9a-f]{32})\"");

	/**
	 * Sends a request without a body.
	 * @param port of the server
	 * @param line method and target
	 * @param headers besides Host and Connection
	 */
	static RawCall send(int port, String line, List<String> headers) throws IOException {
		return send(port, line, headers, "");
	}

	static RawCall send(int port, String line, List<String> headers, String body) throws IOException {
		StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
		headers.forEach((header) -> request.append(header).append("\r\n"));
		if (!body.isEmpty()) {
			request.append("Content-Length: ").append(body.length()).append("\r\n");
		}
		request.append("\r\n").append(body);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
			String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new RawCall(Integer.parseInt(text.split(" ", 3)[1]), text);
		}
	}

	/** The trace id that the problem names. */
	String traceId() {
		Matcher problem = TRACE_ID.matcher(this.text);
		if (!problem.find()) {
			throw new AssertionError("no trace id in " + this.text);
		}
		return problem.group(1);
	}

}

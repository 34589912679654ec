package io.microplatform.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection on which anything can be sent, also what is not HTTP.
 */
final class RawClient implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 10_000;

	private final Socket socket;

	RawClient(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
	}

	static Answer exchange(int port, String request) throws IOException {
		try (RawClient client = new RawClient(port)) {
			client.send(request);
			return client.read();
		}
	}

	void send(String bytes) throws IOException {
		send(bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	void send(byte[] bytes) throws IOException {
		OutputStream out = this.socket.getOutputStream();
		out.write(bytes);
		out.flush();
	}

	/**
	 * Reads one answer.
	 * @return the answer, whose status is 0 if the connection ended instead
	 */
	Answer read() throws IOException {
		InputStream in = this.socket.getInputStream();
		String[] head = readHead(in).split("\r\n", -1);
		if (head.length < 2) {
			return new Answer(0, Map.of(), "");
		}
		Map<String, String> headers = new TreeMap<>();
		for (int i = 1; i < head.length && !head[i].isEmpty(); i++) {
			String[] header = head[i].split(": ?", 2);
			headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
		}
		int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
		String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
		return new Answer(Integer.parseInt(head[0].split(" ", 3)[1]), headers, body);
	}

	private static String readHead(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int next = in.read();
		while (next >= 0) {
			head.write(next);
			if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
				break;
			}
			next = in.read();
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	boolean isAtEnd() throws IOException {
		return this.socket.getInputStream().read() < 0;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An answer.
	 *
	 * @param status its status code
	 * @param headers by lower-case name
	 * @param body as text
	 */
	record Answer(int status, Map<String, String> headers, String body) {

	}

}

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection on which anything can be sent, also what is not HTTP.
 */
final class RawClient implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 10_000;

	private static final Pattern CONTENT_LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)",
			Pattern.CASE_INSENSITIVE);

	private final Socket socket;

	RawClient(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
	}

	static Answer exchange(int port, String request) throws IOException {
		try (RawClient client = new RawClient(port)) {
			client.send(request);
			return client.read(request.startsWith("HEAD "));
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
		return read(false);
	}

	private Answer read(boolean headOnly) throws IOException {
		InputStream in = this.socket.getInputStream();
		String[] head = readHead().split("\r\n", -1);
		if (head.length < 2) {
			return new Answer(0, Map.of(), "");
		}
		Map<String, String> headers = new TreeMap<>();
		for (int i = 1; i < head.length && !head[i].isEmpty(); i++) {
			String[] header = head[i].split(": ?", 2);
			headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
		}
		if (headOnly) {
			return new Answer(Integer.parseInt(head[0].split(" ", 3)[1]), headers, "");
		}
		if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
			return new Answer(Integer.parseInt(head[0].split(" ", 3)[1]), headers, readChunks(in));
		}
		int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
		String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
		return new Answer(Integer.parseInt(head[0].split(" ", 3)[1]), headers, body);
	}

	private static String readChunks(InputStream in) throws IOException {
		StringBuilder body = new StringBuilder();
		int size;
		do {
			size = Integer.parseInt(readUntil(in, "\r\n").strip(), 16);
			body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
			in.readNBytes(2);
		}
		while (size > 0);
		return body.toString();
	}

	private String readHead() throws IOException {
		return readUntil(this.socket.getInputStream(), "\r\n\r\n");
	}

	/**
	 * Reads the head of one answer, and its body if it has one.
	 * @param headOnly whether the request was one for the head only
	 * @return the head, as it came
	 */
	String readHead(boolean headOnly) throws IOException {
		String head = readHead();
		Matcher length = CONTENT_LENGTH.matcher(head);
		if (!headOnly && length.find()) {
			this.socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
		}
		return head;
	}

	/** Reads what is left until the connection ends. */
	String readAll() throws IOException {
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	private static String readUntil(InputStream in, String end) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int next = in.read();
		while (next >= 0) {
			head.write(next);
			if (head.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
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

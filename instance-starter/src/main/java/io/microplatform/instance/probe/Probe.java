package io.microplatform.instance.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Checks the health of an instance from inside its container, whose image has no shell
 * and no HTTP client. Exits with 0 if a GET request to the URL is answered 200 within two
 * seconds, and with 1 in all other cases. The image contains this class as a jar of its
 * own, so it uses nothing but {@code java.base}, and little of that: the runtime of the
 * JDK's HTTP client would take more CPU time than the request.
 */
final class Probe {

	private static final int TIMEOUT_MILLIS = 2000;

	private static final int HTTP = 80;

	private Probe() {
	}

	/**
	 * Probes once and exits.
	 * @param arguments the URL
	 */
	public static void main(String[] arguments) {
		System.exit((arguments.length == 1 && isHealthy(arguments[0])) ? 0 : 1);
	}

	static boolean isHealthy(String url) {
		try {
			return answersOk(URI.create(url));
		}
		catch (IOException | IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean answersOk(URI url) throws IOException {
		if (url.getHost() == null) {
			return false;
		}
		int port = (url.getPort() < 0) ? HTTP : url.getPort();
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MILLIS);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			String request = "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + port
					+ "\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			String status = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine();
			return status != null && status.matches("HTTP/1\\.[01] 200( .*)?");
		}
	}

}

package io.microplatform.local.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that opens a connection for each command.
 *
 * @param address the address of the server
 * @param user the user that it authenticates as
 * @param password the password of that user
 */
public record RedisClient(InetSocketAddress address, String user, String password) {

	private static final int ANSWER_MILLIS = 1000;

	/**
	 * Runs one command.
	 * @param command the command with its arguments
	 * @return the first line of the answer as it came; a line that begins with a minus is
	 * an error, of the authentication or of the command
	 * @throws IOException when the server does not answer within a second
	 */
	public String command(String command) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(this.address, ANSWER_MILLIS);
			socket.setSoTimeout(ANSWER_MILLIS);
			BufferedReader answers = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			socket.getOutputStream()
				.write("AUTH %s %s\r\n%s\r\n".formatted(this.user, this.password, command)
					.getBytes(StandardCharsets.UTF_8));
			String greeting = String.valueOf(answers.readLine());
			return greeting.startsWith("-") ? greeting : String.valueOf(answers.readLine());
		}
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "RedisClient[address=%s, user=%s]".formatted(this.address, this.user);
	}

}

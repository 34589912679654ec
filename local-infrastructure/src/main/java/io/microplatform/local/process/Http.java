package io.microplatform.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A minimal HTTP client for URLs of this machine.
 */
public final class Http {

	private static final int CONNECT_MILLIS = 500;

	private static final int READ_MILLIS = 2000;

	private Http() {
	}

	/** Whether it answers 200 within two seconds; any failure is a no. */
	public static boolean isOk(String url) {
		return ask(url, (connection) -> connection.getResponseCode() == HttpURLConnection.HTTP_OK).orElse(false);
	}

	/** What it answers within two seconds, whatever the status; empty for any failure. */
	public static Optional<String> body(String url) {
		return ask(url, (connection) -> {
			boolean isError = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
			try (@Nullable
			InputStream body = isError ? connection.getErrorStream() : connection.getInputStream()) {
				return (body != null) ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
			}
		});
	}

	private static <T> Optional<T> ask(String url, Question<T> question) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
			connection.setConnectTimeout(CONNECT_MILLIS);
			connection.setReadTimeout(READ_MILLIS);
			connection.setInstanceFollowRedirects(false);
			try {
				return Optional.of(question.put(connection));
			}
			finally {
				connection.disconnect();
			}
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private interface Question<T> {

		T put(HttpURLConnection connection) throws IOException;

	}

}

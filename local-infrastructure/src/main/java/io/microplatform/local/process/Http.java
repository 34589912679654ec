package io.microplatform.local.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a URL of this machine.
 */
public final class Http {

	private static final int CONNECT_MILLIS = 500;

	private static final int READ_MILLIS = 2000;

	private Http() {
	}

	/** Whether it answers 200 within two seconds; any failure is a no. */
	public static boolean isOk(String url) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
			connection.setConnectTimeout(CONNECT_MILLIS);
			connection.setReadTimeout(READ_MILLIS);
			connection.setInstanceFollowRedirects(false);
			try {
				return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
			}
			finally {
				connection.disconnect();
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

}

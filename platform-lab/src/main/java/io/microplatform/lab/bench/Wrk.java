package io.microplatform.lab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.microplatform.lab.platform.PlatformFailedException;

/**
 * The load generator wrk, which sends the next request on a connection as soon as it has
 * received the response to the previous one.
 *
 * @param program the installed program
 */
record Wrk(Path program) {

	static final int CONNECTIONS = 32;

	private static final Duration MEASUREMENT = Duration.ofSeconds(10);

	/**
	 * Sends requests for 10 seconds.
	 * @param url the URL to request
	 * @return the result
	 * @throws PlatformFailedException if a request fails
	 */
	WrkResult measure(String url) {
		return WrkResult.parse(run(url, MEASUREMENT));
	}

	/**
	 * Sends requests.
	 * @param url the URL to request
	 * @param duration the time, in whole seconds
	 * @return the output of wrk, which also reports failed requests
	 * @throws PlatformFailedException if wrk does not start or cannot connect
	 */
	String run(String url, Duration duration) {
		try {
			List<String> line = List.of(this.program.toString(), "-t1", String.format(Locale.ROOT, "-c%d", CONNECTIONS),
					String.format(Locale.ROOT, "-d%ds", duration.toSeconds()), "--latency", url);
			Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new PlatformFailedException("wrk failed:\n" + output, null);
			}
			return output;
		}
		catch (IOException ex) {
			throw new PlatformFailedException("wrk failed: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while wrk was running", ex);
		}
	}

}

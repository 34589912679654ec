package io.microplatform.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.microplatform.lab.platform.PlatformFailedException;

/**
 * The load generator wrk, which sends the next request on a connection as soon as it has
 * received the response to the previous one. Like a proxy in front of the gateway, it
 * sends the requests of 1000 clients in turn, with their addresses in
 * {@code X-Forwarded-For}.
 *
 * @param program the installed program
 * @param script the script that creates the requests
 */
record Wrk(Path program, Path script) {

	static final int CONNECTIONS = 32;

	private static final Duration MEASUREMENT = Duration.ofSeconds(10);

	private static final String SCRIPT = """
			local requests = {}
			local turn = 0

			function init()
				for client = 1, 1000 do
					local address = string.format("10.1.%d.%d", math.floor(client / 250), client % 250)
					requests[client] = wrk.format(nil, nil, { ["X-Forwarded-For"] = address })
				end
			end

			function request()
				turn = turn % #requests + 1
				return requests[turn]
			end
			""";

	/**
	 * Prepares the program.
	 * @param program the installed program
	 * @param directory the directory for the script
	 * @return the load generator
	 */
	static Wrk of(Path program, Path directory) {
		Path script = directory.resolve("wrk.lua").toAbsolutePath();
		try {
			Files.createDirectories(directory);
			Files.writeString(script, SCRIPT);
			return new Wrk(program, script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write " + script, ex);
		}
	}

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
					String.format(Locale.ROOT, "-d%ds", duration.toSeconds()), "--latency", "-s",
					this.script.toString(), url);
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

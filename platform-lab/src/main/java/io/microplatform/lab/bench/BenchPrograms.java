package io.microplatform.lab.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.local.process.SearchPath;

/**
 * The programs of the system that {@link GatewayBench} starts.
 *
 * @param nginx the web server nginx
 * @param wrk the load generator wrk
 */
public record BenchPrograms(Path nginx, Path wrk) {

	private static final String NGINX = "nginx";

	private static final String WRK = "wrk";

	/** Where Debian installs nginx, and what the PATH of most users lacks. */
	private static final String ADMINISTRATION = "/usr/sbin";

	private static final String INSTALLATION = "Linux: apt install nginx-light wrk; macOS: brew install nginx wrk";

	/**
	 * Finds the installed programs.
	 * @param path the directories to search, as in {@code PATH}; {@code /usr/sbin} is
	 * always searched, too
	 * @return the programs
	 * @throws PlatformFailedException if one is not installed; the message is one line
	 * that says how to install it
	 */
	public static BenchPrograms find(String path) {
		SearchPath directories = new SearchPath(path + File.pathSeparator + ADMINISTRATION);
		List<String> missing = Stream.of(NGINX, WRK).filter((name) -> directories.find(name).isEmpty()).toList();
		if (!missing.isEmpty()) {
			String programs = String.join(" and ", missing) + ((missing.size() == 1) ? " is" : " are");
			throw new PlatformFailedException("bench gateway: %s not installed (%s)".formatted(programs, INSTALLATION),
					null);
		}
		return new BenchPrograms(directories.find(NGINX).orElseThrow(), directories.find(WRK).orElseThrow());
	}

}

package io.microplatform.acceptance.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a platform is run.
 *
 * @param callsPerSecond of users
 * @param pairs whether there are two of each server
 * @param stock without what keeps requests from failing: no goodbye, and the balancer of
 * Spring Cloud
 */
public record Conditions(int callsPerSecond, boolean pairs, boolean stock) {

	private static final List<String> SWITCHED_OFF = List.of("---", "platform.drain.enabled: false",
			"platform.balancer: stock", "");

	/**
	 * What to tell {@code ./platform}.
	 * @param root the checkout
	 * @param directory where files can be put
	 * @return its variables
	 */
	Map<String, String> choices(Path root, Path directory) {
		return this.stock
				? Map.of("PLATFORM_CONFIG_REPO", switchedOff(root.resolve("config-repo"), directory).toString())
				: Map.of();
	}

	private static Path switchedOff(Path original, Path directory) {
		Path copy = directory.resolve("config-repo").toAbsolutePath();
		try (Stream<Path> files = Files.list(original)) {
			Files.createDirectories(copy);
			for (Path file : files.toList()) {
				Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
			Files.write(copy.resolve("application.yml"), SWITCHED_OFF, StandardOpenOption.APPEND);
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot copy " + original, ex);
		}
	}

	@Override
	public String toString() {
		return (this.pairs ? ", servers in pairs" : "")
				+ (this.stock ? ", without drain and with the stock balancer" : "");
	}

}

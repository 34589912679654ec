package io.microplatform.acceptance.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command with which README.md starts one service by hand.
 *
 * @param text the lines, which name one of the services
 */
record ReadmeCommand(String text) {

	private static final Pattern BLOCK = Pattern.compile("```sh\\n((?:(?!```).)*?-jar(?:(?!```).)*?)```",
			Pattern.DOTALL);

	private static final Pattern SERVICE = Pattern.compile("^SERVICE=\\S+$", Pattern.MULTILINE);

	private static final Pattern BUILD = Pattern.compile("^mvn .*\\n", Pattern.MULTILINE);

	static ReadmeCommand of(Path root) {
		try {
			String readme = Files.readString(root.resolve("README.md"));
			return new ReadmeCommand(find(BLOCK, readme).group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The command for a service. It does not build: what runs this test has done that,
	 * and must not run inside itself.
	 */
	String starting(String service) {
		find(SERVICE, this.text);
		find(BUILD, this.text);
		String withoutBuild = BUILD.matcher(this.text).replaceFirst("");
		return SERVICE.matcher(withoutBuild).replaceFirst("SERVICE=" + service);
	}

	private static Matcher find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		if (!matcher.find()) {
			throw new IllegalStateException(
					"README.md does not have %s where it says how to start a service by hand".formatted(pattern));
		}
		return matcher;
	}

}

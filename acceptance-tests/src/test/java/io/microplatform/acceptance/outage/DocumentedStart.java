package io.microplatform.acceptance.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command in README.md that starts a single service manually.
 *
 * @param text the lines of the command, which set the service in a variable
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
	 * Returns the command for a service, without the build: the tests run after the
	 * build, or within it.
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
					"README.md does not match %s in the command that starts a single service".formatted(pattern));
		}
		return matcher;
	}

}

package io.microplatform.acceptance.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command in CONTRIBUTING.md that starts one service by hand.
 *
 * @param text the lines of the command
 */
record DocumentedStart(String text) {

	private static final Pattern BLOCK = Pattern.compile("```sh\\n((?:(?!```).)*?-jar(?:(?!```).)*?)```",
			Pattern.DOTALL);

	private static final Pattern SERVICE = Pattern.compile("^SERVICE=\\S+$", Pattern.MULTILINE);

	private static final Pattern BUILD = Pattern.compile("^mvn .*\\n", Pattern.MULTILINE);

	static DocumentedStart of(Path root) {
		try {
			return new DocumentedStart(find(BLOCK, Files.readString(root.resolve("CONTRIBUTING.md"))).group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The command for a service, without the build, which must not run inside of itself.
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
			throw new IllegalStateException("CONTRIBUTING.md does not match %s".formatted(pattern));
		}
		return matcher;
	}

}

package io.microplatform.configfiles;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where in a Git repository versions come from. A version is all of it and a commit: two
 * directories of one commit are two versions.
 *
 * @param uri of the repository
 * @param branch whose commits are versions
 * @param directory in which the files are, without a slash at its ends; empty for the
 * root
 */
public record GitOrigin(String uri, String branch, String directory) {

	/** Of which commits are taken when none is named. */
	public static final String USUAL_BRANCH = "main";

	private static final int BYTES = 6;

	/**
	 * Normalizes the directory.
	 * @throws IllegalArgumentException when it leads out of the repository
	 */
	public GitOrigin {
		List<String> names = Arrays.stream(directory.strip().split("/", -1))
			.filter((name) -> !name.isEmpty() && !name.equals("."))
			.toList();
		if (names.contains("..")) {
			throw new IllegalArgumentException("the directory '%s' leads out of the repository".formatted(directory));
		}
		directory = names.stream().collect(Collectors.joining("/"));
	}

	/**
	 * Names a version.
	 * @param commit the id of the commit
	 * @return a name that begins with it
	 */
	public String version(String commit) {
		return commit + suffix();
	}

	/**
	 * Whether a version has this origin.
	 * @param version its name
	 * @return whether it was named by {@link #version}
	 */
	public boolean isOf(String version) {
		return version.endsWith(suffix());
	}

	private String suffix() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(String.join("\n", this.uri, this.branch, this.directory).getBytes(StandardCharsets.UTF_8));
			return "-" + HexFormat.of().formatHex(hash, 0, BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package io.microplatform.config.git;

import java.util.Locale;

import io.microplatform.configfiles.GitOrigin;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Git repository from which versions come. A missing value stops the start.
 *
 * @param uri the URI of the repository, as Git accepts it
 * @param branch the branch whose commits are versions
 * @param directory the directory of the files in the repository; empty for its root
 * @param username the user name, if the repository requires one
 * @param password the password of that user
 * @param webhookSecret the key with which webhook deliveries are signed
 */
@ConfigurationProperties("platform.config.git")
record GitProperties(String uri, String branch, String directory, @Nullable String username, @Nullable String password,
		String webhookSecret) {

	private static final int SHORTEST_SECRET = 16;

	GitProperties(@Nullable String uri, @DefaultValue(GitOrigin.USUAL_BRANCH) String branch,
			@DefaultValue("") String directory, @Nullable String username, @Nullable String password,
			@Nullable String webhookSecret) {
		if (uri == null || uri.isBlank()) {
			throw new IllegalArgumentException("platform.config.git.uri must name a repository");
		}
		if (webhookSecret == null || webhookSecret.length() < SHORTEST_SECRET) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"platform.config.git.webhook-secret must have at least %d characters", SHORTEST_SECRET));
		}
		if (!Repository.isValidRefName("refs/heads/" + branch)) {
			throw new IllegalArgumentException("platform.config.git.branch: '%s' is not a branch".formatted(branch));
		}
		this.uri = uri;
		this.branch = branch;
		this.directory = new GitOrigin(uri, branch, directory).directory();
		this.username = username;
		this.password = password;
		this.webhookSecret = webhookSecret;
	}

	GitOrigin origin() {
		return new GitOrigin(this.uri, this.branch, this.directory);
	}

	/** Without the secrets. */
	@Override
	public String toString() {
		return "GitProperties[uri=%s, branch=%s, directory=%s]".formatted(this.uri, this.branch, this.directory);
	}

}

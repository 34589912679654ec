package io.microplatform.config.git;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.microplatform.config.refresh.RefreshReport;
import io.microplatform.config.refresh.Refreshes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Is told of each push, as GitHub, Gitea and others do, and brings its last commit to
 * every instance; and brings the newest commit to whoever asks for it, should a push not
 * have been reported.
 *
 * @see <a href=
 * "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">How
 * a delivery is signed</a>
 */
@RestController
@ConditionalOnProperty("platform.config.git.uri")
class GitController {

	private static final String ALGORITHM = "HmacSHA256";

	private final GitSource source;

	private final Refreshes refreshes;

	private final JsonMapper json;

	private final String branch;

	private final SecretKeySpec key;

	GitController(GitSource source, Refreshes refreshes, JsonMapper json, GitProperties properties) {
		this.source = source;
		this.refreshes = refreshes;
		this.json = json;
		this.branch = "refs/heads/" + properties.branch();
		this.key = new SecretKeySpec(properties.webhookSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/** Answers when the refresh has ended; 204 to a push to another branch. */
	@PostMapping("/webhook")
	ResponseEntity<RefreshReport> pushed(@RequestBody byte[] body,
			@RequestHeader(name = "X-Hub-Signature-256", defaultValue = "") String signature) {
		if (!MessageDigest.isEqual(("sha256=" + sign(body)).getBytes(StandardCharsets.US_ASCII),
				signature.getBytes(StandardCharsets.US_ASCII))) {
			return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
		}
		JsonNode push = this.json.readTree(body);
		if (!push.path("ref").stringValue("").equals(this.branch)) {
			return ResponseEntity.noContent().build();
		}
		GitVersion version = this.source.of(push.path("after").stringValue(""));
		String by = push.path("pusher").path("name").stringValue("somebody");
		return ResponseEntity.ok(refresh(version, by, "push"));
	}

	/** Answers when the refresh has ended. */
	@PostMapping("/pull")
	RefreshReport pull(@RequestBody Wish wish) {
		if (wish.by() == null || wish.how() == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "by and how must be given");
		}
		return refresh(this.source.newest(), wish.by(), wish.how());
	}

	private RefreshReport refresh(GitVersion version, String by, String how) {
		RefreshReport report = version.problems().isEmpty() ? this.refreshes.refresh(version.version(), by, how)
				: this.refreshes.refuse(version.version(), version.problems());
		return report.withNotes(version.leftOut());
	}

	// Not by the page for errors, which only those who know the password see.
	@ExceptionHandler
	ResponseEntity<Void> noJson(JacksonException ex) {
		return ResponseEntity.badRequest().build();
	}

	@ExceptionHandler
	ProblemDetail noSuchCommit(NoSuchCommitException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<Void> gitAway(GitAwayException ex) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
	}

	private String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * For whom to bring it.
	 *
	 * @param by who wants it
	 * @param how what they did
	 */
	record Wish(@Nullable String by, @Nullable String how) {
	}

}

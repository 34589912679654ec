package io.microplatform.config.git;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.microplatform.config.rollout.Rollout;
import io.microplatform.config.rollout.RolloutReport;
import io.microplatform.config.source.PullRequest;
import io.microplatform.config.source.SourceVersion;
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

/**
 * Rolls out commits: the last one of a push, on a webhook delivery as GitHub and Gitea
 * send it, and the newest one on request, in case a delivery was lost.
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

	private final Rollout rollout;

	private final JsonMapper json;

	private final String branch;

	private final SecretKeySpec key;

	GitController(GitSource source, Rollout rollout, JsonMapper json, GitProperties properties) {
		this.source = source;
		this.rollout = rollout;
		this.json = json;
		this.branch = "refs/heads/" + properties.branch();
		this.key = new SecretKeySpec(properties.webhookSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/** Answers at the end of the rollout; 204 to a push to another branch. */
	@PostMapping("/webhook")
	ResponseEntity<RolloutReport> pushed(@RequestBody byte[] body,
			@RequestHeader(name = "X-Hub-Signature-256", defaultValue = "") String signature) {
		if (!MessageDigest.isEqual(("sha256=" + sign(body)).getBytes(StandardCharsets.US_ASCII),
				signature.getBytes(StandardCharsets.US_ASCII))) {
			return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
		}
		JsonNode push = this.json.readTree(body);
		if (!push.path("ref").stringValue("").equals(this.branch)) {
			return ResponseEntity.noContent().build();
		}
		SourceVersion version = this.source.of(push.path("after").stringValue(""));
		String by = push.path("pusher").path("name").stringValue("unknown");
		return ResponseEntity.ok(version.rollOut(this.rollout, by, "push"));
	}

	/** Answers at the end of the rollout. */
	@PostMapping("/pull")
	RolloutReport pull(@RequestBody PullRequest request) {
		return this.source.newest().rollOut(this.rollout, request.by(), request.how());
	}

	// The error page would answer 401, because a webhook delivery has no password.
	@ExceptionHandler
	ResponseEntity<Void> noJson(JacksonException ex) {
		return ResponseEntity.badRequest().build();
	}

	@ExceptionHandler
	ProblemDetail noSuchCommit(NoSuchCommitException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<Void> unavailable(GitUnavailableException ex) {
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

}

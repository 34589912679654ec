package io.microplatform.config.directory;

import io.microplatform.config.rollout.Rollout;
import io.microplatform.config.rollout.RolloutReport;
import io.microplatform.config.source.PullRequest;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rolls out the present contents of the directory on request.
 */
@RestController
@ConditionalOnProperty(name = "platform.config.directory")
class DirectoryController {

	private final DirectorySource source;

	private final Rollout rollout;

	DirectoryController(DirectorySource source, Rollout rollout) {
		this.source = source;
		this.rollout = rollout;
	}

	/** Answers at the end of the rollout. */
	@PostMapping("/pull")
	RolloutReport pull(@RequestBody PullRequest request) {
		return this.source.newest().rollOut(this.rollout, request.by(), request.how());
	}

}

package io.microplatform.config.rollout;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.microplatform.configfiles.Publication;
import io.microplatform.configfiles.SnapshotStore;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The operator's endpoints: requests a rollout, lists publications.
 */
@RestController
class RolloutController {

	private final Rollout rollout;

	private final SnapshotStore snapshots;

	RolloutController(Rollout rollout, SnapshotStore snapshots) {
		this.rollout = rollout;
		this.snapshots = snapshots;
	}

	/** Answers 200 at the end of the rollout, whatever its outcome. */
	@PostMapping("/refresh")
	RolloutReport refresh(@RequestBody RolloutRequest request) {
		return this.rollout.start(request.version(), request.by(), request.how());
	}

	@GetMapping("/history")
	List<ListedPublication> history() {
		return this.snapshots.history()
			.stream()
			.map((publication) -> new ListedPublication(publication, this.snapshots.has(publication.version())))
			.toList();
	}

	/**
	 * A publication as it is listed.
	 *
	 * @param publication the publication
	 * @param stored whether its version is kept, so that it can be rolled out again
	 */
	record ListedPublication(@JsonUnwrapped Publication publication, boolean stored) {
	}

	/**
	 * A request for a rollout.
	 *
	 * @param version the version to roll out
	 * @param by who requests it
	 * @param how the command that requests it
	 */
	record RolloutRequest(String version, String by, String how) {

		RolloutRequest {
			Objects.requireNonNull(version, "version");
			Objects.requireNonNull(by, "by");
			Objects.requireNonNull(how, "how");
		}

	}

}

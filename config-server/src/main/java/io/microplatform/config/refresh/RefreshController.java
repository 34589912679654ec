package io.microplatform.config.refresh;

import java.util.List;

import io.microplatform.config.snapshot.PublishedSnapshots;
import io.microplatform.config.snapshot.Publication;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where an operator asks for a refresh, and what has been published when.
 */
@RestController
class RefreshController {

	private final Refreshes refreshes;

	private final PublishedSnapshots snapshots;

	RefreshController(Refreshes refreshes, PublishedSnapshots snapshots) {
		this.refreshes = refreshes;
		this.snapshots = snapshots;
	}

	/** Answers when it has ended, well or not; the outcome says how. */
	@PostMapping("/refresh")
	RefreshReport refresh(@RequestBody Wish wish) {
		if (wish.version() == null || wish.by() == null || wish.how() == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "version, by and how must be given");
		}
		return this.refreshes.refresh(wish.version(), wish.by(), wish.how());
	}

	@GetMapping("/history")
	List<Publication> history() {
		return this.snapshots.history();
	}

	/**
	 * What to refresh.
	 *
	 * @param version which version to bring
	 * @param by who wants it
	 * @param how what they did
	 */
	record Wish(@Nullable String version, @Nullable String by, @Nullable String how) {
	}

}

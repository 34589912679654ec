package io.microplatform.config.refresh;

/**
 * What became of a refresh.
 */
enum Outcome {

	/** Every instance runs with the version. */
	DONE,

	/** Somebody would not take it. Nothing was changed anywhere. */
	REFUSED,

	/** Somebody did not take it, after all. All are back at the version before. */
	WENT_BACK,

	/**
	 * It is published, but some instances did not answer. They are asked until they do.
	 */
	INCOMPLETE

}

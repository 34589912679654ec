package io.microplatform.configfiles;

/**
 * A document is YAML and not configuration.
 */
final class UnusableDocumentException extends Exception {

	UnusableDocumentException(String message) {
		super(message);
	}

}

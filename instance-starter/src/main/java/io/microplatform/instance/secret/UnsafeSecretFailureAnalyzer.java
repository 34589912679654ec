package io.microplatform.instance.secret;

import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * {@link AbstractFailureAnalyzer} for {@link UnsafeSecretException}.
 */
class UnsafeSecretFailureAnalyzer extends AbstractFailureAnalyzer<UnsafeSecretException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsafeSecretException cause) {
		String variables = cause.properties()
			.stream()
			.map(UnsafeSecretFailureAnalyzer::environmentVariable)
			.collect(Collectors.joining(", "));
		return new FailureAnalysis("Nothing starts with a secret that can be guessed: " + cause.getMessage() + ".",
				"Set " + variables
						+ " to random values, for example from 'openssl rand -hex 32', the same at both ends."
						+ " './platform up' does that by itself.",
				cause);
	}

	private static String environmentVariable(String property) {
		return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

}

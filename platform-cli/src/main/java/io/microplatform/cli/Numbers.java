package io.microplatform.cli;

import java.util.Locale;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The check of a number that a user chose.
 */
final class Numbers {

	private Numbers() {
	}

	/**
	 * Requires a number from 1 to a bound.
	 * @param spec the command
	 * @param option the option, for the message
	 * @throws ParameterException if the number is out of bounds
	 */
	static void require(CommandSpec spec, String option, int number, int most) {
		if (number < 1 || number > most) {
			throw new ParameterException(spec.commandLine(), String.format(Locale.ROOT,
					"invalid value for option '%s': must be between 1 and %d, but is %d", option, most, number));
		}
	}

}

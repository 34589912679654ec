package io.microplatform.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a user typed: a command and its arguments.
 *
 * @param command the first word
 * @param arguments the others
 */
record CommandLine(String command, List<String> arguments) {

	static final String USAGE = "usage: ./platform up [--ha] | status [--json] | logs SERVICE [-f] | doctor"
			+ " | scale SERVICE N [--release NAME] | restart SERVICE [--release NAME] | refresh [--to VERSION]"
			+ " | refresh --list | token [EMAIL PASSWORD] | dlq list [TOPIC] [--all] | dlq show LETTER"
			+ " | dlq replay LETTER | dlq discard LETTER | down [--purge]";

	static CommandLine of(List<String> words) {
		return words.isEmpty() ? new CommandLine("", List.of())
				: new CommandLine(words.getFirst(), words.subList(1, words.size()));
	}

	/** What is to be done; empty when it is not understood. */
	Optional<Action> in(Context context) {
		return switch (this.command) {
			case "up" -> when(has("--ha"), () -> new Up(context, !this.arguments.isEmpty())::run);
			case "status" -> when(has("--json"), () -> new Status(context, !this.arguments.isEmpty())::run);
			case "doctor" -> when(this.arguments.isEmpty(), () -> new Doctor(context)::run);
			case "scale" -> when(areWordsAndPerhapsARelease(2),
					() -> new Scale(context, this.arguments.getFirst(), this.arguments.get(1), releaseAfter(2))::run);
			case "restart" -> when(areWordsAndPerhapsARelease(1),
					() -> new Restart(context, this.arguments.getFirst(), releaseAfter(1))::run);
			case "refresh" -> RefreshLine.of(this.arguments).map((line) -> new Refresh(context, line)::run);
			case "token" -> when(this.arguments.isEmpty() || this.arguments.size() == 2,
					() -> new Token(context, this.arguments)::run);
			case "dlq" -> DlqLine.of(this.arguments).map((line) -> new Dlq(context, line)::run);
			case "down" -> when(has("--purge"), () -> new Down(context, !this.arguments.isEmpty())::run);
			case "logs" -> when(isServiceAnd("-f"),
					() -> new Logs(context, this.arguments.getFirst(), this.arguments.size() > 1)::run);
			// Only up and restart say this, to a process of their own.
			case AotTraining.COMMAND -> when(this.arguments.isEmpty(), () -> new AotTraining(context)::run);
			default -> Optional.empty();
		};
	}

	private static Optional<Action> when(boolean understood, Supplier<Action> action) {
		return understood ? Optional.of(action.get()) : Optional.empty();
	}

	private boolean has(String option) {
		return this.arguments.isEmpty() || this.arguments.equals(List.of(option));
	}

	private boolean areWords(int count) {
		return this.arguments.size() == count && this.arguments.stream().noneMatch((word) -> word.startsWith("-"));
	}

	private boolean areWordsAndPerhapsARelease(int count) {
		if (this.arguments.size() <= count || !this.arguments.get(count).equals(ReleaseName.OPTION)) {
			return areWords(count);
		}
		List<String> words = new ArrayList<>(this.arguments);
		words.remove(count);
		return new CommandLine(this.command, words).areWords(count + 1);
	}

	/** The release that is named after so many words, if one is. */
	private ReleaseName releaseAfter(int count) {
		return new ReleaseName((this.arguments.size() > count) ? this.arguments.getLast() : null);
	}

	private boolean isServiceAnd(String option) {
		return !this.arguments.isEmpty() && !this.arguments.getFirst().startsWith("-") && (this.arguments.size() == 1
				|| this.arguments.subList(1, this.arguments.size()).equals(List.of(option)));
	}

	/**
	 * Does what a command says.
	 */
	interface Action {

		void run() throws IOException, CommandFailedException;

	}

}

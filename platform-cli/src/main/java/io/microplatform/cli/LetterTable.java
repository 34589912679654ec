package io.microplatform.cli;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;

import io.microplatform.lab.deadletter.DeadLetter;
import io.microplatform.lab.deadletter.LetterAction;

/**
 * A table of dead letters, one line each, printed as they are read.
 */
final class LetterTable {

	private static final String ROW = "%-18s %-20s %-17s %-12s %s\n";

	private static final int LONGEST_REASON = 120;

	private final PrintStream out;

	private final boolean all;

	private int rows;

	private int open;

	/**
	 * Begins a table.
	 * @param all whether to show those too about which something was done
	 */
	LetterTable(PrintStream out, boolean all) {
		this.out = out;
		this.all = all;
	}

	void add(DeadLetter letter) {
		LetterAction action = letter.action();
		if (action == null) {
			this.open++;
			row(letter, letter.reason());
		}
		else if (this.all) {
			row(letter, LetterPage.told(action));
		}
	}

	private void row(DeadLetter letter, String last) {
		if (this.rows == 0) {
			this.out.printf(ROW, "LETTER", "TIME", "TYPE", "KEY", this.all ? "REASON, OR WHAT WAS DONE" : "REASON");
		}
		this.rows++;
		this.out.printf(ROW, letter.reference(), letter.at().truncatedTo(ChronoUnit.SECONDS),
				Printable.line(letter.type(), 40), Printable.line(letter.key(), 40),
				Printable.line(last, LONGEST_REASON));
	}

	/** Says how many are open. */
	void end() {
		this.out.println(switch (this.open) {
			case 0 -> "there are no open dead letters";
			case 1 -> "1 open dead letter";
			default -> this.open + " open dead letters";
		});
	}

}

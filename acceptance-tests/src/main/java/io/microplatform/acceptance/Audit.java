package io.microplatform.acceptance;

import java.io.PrintStream;
import java.util.List;

import io.microplatform.acceptance.audit.AuditReport;
import io.microplatform.acceptance.audit.Books;
import io.microplatform.acceptance.audit.BooksClosedException;
import io.microplatform.acceptance.platform.RunningPlatform;

/**
 * Looks into the books of the running platform; what {@code ./platform audit} runs. Ends
 * with 0 when they balance, with 1 when they do not, or cannot be read, and with 2 when
 * it was not understood.
 */
public final class Audit {

	private Audit() {
	}

	/**
	 * Audits.
	 * @param args {@code --json} or nothing
	 */
	public static void main(String[] args) {
		System.exit(run(RunningPlatform.ofThisCheckout(), List.of(args), Terminal.out(), Terminal.err()));
	}

	static int run(RunningPlatform platform, List<String> arguments, PrintStream out, PrintStream err) {
		if (!arguments.isEmpty() && !arguments.equals(List.of("--json"))) {
			err.println("usage: ./platform audit [--json]");
			return 2;
		}
		try {
			AuditReport report = AuditReport.of(new Books(platform, Books.USUAL_BOUND));
			out.print(arguments.isEmpty() ? report : report.json() + "\n");
			return report.isClean() ? 0 : 1;
		}
		catch (BooksClosedException | IllegalStateException ex) {
			err.println("platform: " + ex.getMessage());
			return 1;
		}
	}

}

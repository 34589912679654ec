package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.lab.audit.AuditUnavailableException;
import io.microplatform.lab.platform.RemotePlatform;
import io.microplatform.lab.platform.TargetPlatform;
import io.microplatform.local.file.AtomicFile;

/**
 * Audits the books of the running platform.
 */
@Command(name = "audit", header = "audits the books while the platform runs",
		description = """
				Audits the books while the platform runs: credit limit = available + reserved for every user, one outcome and one
				reservation for every confirmed order, no order or event that waits for longer than 60 s, no open dead letter.
				Prints one line each, ✓ or ✗, with the ids of the offenders, and exits with 1 if there is a ✗.
				With `up --with prometheus`, the result becomes the metric platform_audit_findings, unless the platform is
				elsewhere.""")
final class Audit implements Callable<Integer> {

	private final Context context;

	@Option(names = "--json", description = "the same as JSON, with all ids")
	private boolean json;

	@Mixin
	private PlatformLocation location = new PlatformLocation();

	Audit(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() throws CommandFailedException {
		Optional<RemotePlatform> remote = this.location.remoteWithStores();
		TargetPlatform platform = remote.isPresent() ? remote.get() : this.context.platform();
		try {
			AuditReport report = AuditReport.of(new PlatformAudit(platform, PlatformAudit.DEFAULT_BOUND));
			this.context.out().print(this.json ? report.json() + "\n" : report);
			if (remote.isEmpty()) {
				publish(report);
			}
			return report.isClean() ? 0 : 1;
		}
		catch (AuditUnavailableException ex) {
			throw new CommandFailedException(String.valueOf(ex.getMessage()));
		}
	}

	/** The node exporter, if there is one, exports the result from there. */
	private void publish(AuditReport report) {
		Path directory = ObservabilityFiles.textfiles(this.context.state());
		if (Files.isDirectory(directory)) {
			try {
				new AtomicFile(directory.resolve("audit.prom")).write(report.metrics(Instant.now()));
			}
			catch (IOException ex) {
				this.context.err().println("note: the result is not exported as a metric: " + ex.getMessage());
			}
		}
	}

}

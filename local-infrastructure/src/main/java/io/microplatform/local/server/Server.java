package io.microplatform.local.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.process.LogFile;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * A server of the platform. A start is idempotent: what is missing is created, what
 * exists is kept, and what runs already is only checked, unless it is outdated. Not
 * thread-safe: one thread at a time controls a server.
 */
public abstract class Server {

	private static final int LOG_LINES = 20;

	/** As long as any server may take to end in good order. */
	private static final Duration RESTART_PATIENCE = Duration.ofSeconds(40);

	private final Instance instance;

	private final Path logs;

	private final Launcher launcher;

	private @Nullable String note;

	protected Server(Instance instance, Path logs, Launcher launcher) {
		this.instance = instance;
		this.logs = logs;
		this.launcher = launcher;
	}

	public final Instance instance() {
		return this.instance;
	}

	public final String host() {
		return "127.0.0.1";
	}

	public final int port() {
		return this.instance.port();
	}

	/** Lays out everything that the program needs, and says how to start it. */
	protected abstract Command prepare() throws IOException;

	/** Whether it answers at this moment; does not throw when it does not. */
	protected abstract boolean isReady();

	/**
	 * Why the program that runs has to be restarted, as a note for the user; empty when
	 * it can go on.
	 */
	protected Optional<String> outdated() throws IOException {
		return Optional.empty();
	}

	/** Creates what clients rely on, and repairs what differs. */
	protected void provision() throws IOException {
	}

	/** How it is made to end. */
	protected Shutdown shutdown() {
		return Shutdown.USUAL;
	}

	/**
	 * Returns when the program is ready for use.
	 * @param patience how long it may take
	 * @throws StartFailedException when it ends or is not ready in time; it may then
	 * still run
	 * @throws IOException when it cannot be prepared or started
	 */
	public final void start(Duration patience) throws IOException, StartFailedException {
		Optional<RunningProcess> running = process();
		Optional<String> outdated = running.isPresent() ? outdated() : Optional.empty();
		if (outdated.isPresent()) {
			stop(RESTART_PATIENCE);
			running = Optional.empty();
			this.note = outdated.get();
		}
		RunningProcess process = running.isPresent() ? running.get() : launch();
		boolean isDecided = await(process, patience);
		if (!process.isAlive()) {
			Optional<String> aside = setDataAside();
			if (aside.isEmpty()) {
				throw failure("ended before it was ready");
			}
			process = launch();
			isDecided = await(process, patience);
			if (!process.isAlive()) {
				bringDataBack();
				throw failure("ended before it was ready");
			}
			this.note = aside.get();
		}
		if (!isDecided) {
			throw failure(String.format(Locale.ROOT, "was not ready within %d s", patience.toSeconds()));
		}
		provision();
	}

	private RunningProcess launch() throws IOException {
		return this.launcher.launch(this.instance, prepare(), shutdown());
	}

	/** Not asked again afterwards: one that is busy may not answer the second time. */
	private boolean await(RunningProcess process, Duration patience) {
		return Await.until(patience, () -> !process.isAlive() || isReady());
	}

	/**
	 * Sets aside data that the program may have failed to read, when it can do without:
	 * it is started once more.
	 * @return what was done, for the user; empty when nothing was
	 */
	protected Optional<String> setDataAside() throws IOException {
		return Optional.empty();
	}

	/** Brings back what was set aside, because the program does not start without. */
	protected void bringDataBack() throws IOException {
	}

	/** What happened at the start that the user should know, if anything did. */
	public final Optional<String> note() {
		return Optional.ofNullable(this.note);
	}

	private StartFailedException failure(String reason) {
		return new StartFailedException(this.instance.instance(), reason,
				LogFile.tail(this.logs, this.instance.instance(), LOG_LINES));
	}

	/** Its process, when it is alive. */
	public final Optional<RunningProcess> process() throws IOException {
		return this.launcher.running(this.instance.instance());
	}

	/**
	 * Ends it in good order, by force when that takes too long. Nothing happens when it
	 * does not run.
	 * @return whether it ended by itself
	 */
	public final boolean stop(Duration patience) throws IOException {
		boolean inGoodOrder = process().map((process) -> process.stop(shutdown().endsOn(), patience)).orElse(true);
		this.launcher.forget(this.instance.instance());
		return inGoodOrder;
	}

	/** Ends it as kill -9 does. */
	public final void kill() throws IOException {
		process().ifPresent(RunningProcess::kill);
		this.launcher.forget(this.instance.instance());
	}

	/** Freezes it: connections stay open, nothing is answered. */
	public final void pause() throws IOException {
		process().ifPresent(RunningProcess::pause);
	}

	/** Lets it go on after {@link #pause()}. */
	public final void resume() throws IOException {
		process().ifPresent(RunningProcess::resume);
	}

}

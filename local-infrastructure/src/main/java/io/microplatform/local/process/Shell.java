package io.microplatform.local.process;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A few lines of bash that start a process and print its pid, because the JVM does not
 * offer job control.
 */
final class Shell implements Closeable {

	private final Process process;

	private Shell(Process process) {
		this.process = process;
	}

	static Shell run(String script, List<String> arguments, Command command) throws IOException {
		List<String> line = new ArrayList<>(List.of("bash", "-c", script, "platform"));
		line.addAll(arguments);
		return new Shell(command.processBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start());
	}

	RunningProcess started() throws IOException {
		BufferedReader output = this.process.inputReader();
		@Nullable String pid = output.readLine();
		if (pid == null) {
			throw new IOException("the shell started nothing");
		}
		// One that ended within these microseconds has no mark any more, and is no
		// process.
		return RunningProcess.of(Long.parseLong(pid)).orElseGet(() -> new RunningProcess(Long.parseLong(pid), "gone"));
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
	}

}

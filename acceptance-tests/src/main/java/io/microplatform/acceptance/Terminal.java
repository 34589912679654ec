package io.microplatform.acceptance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where commands print. Ticks are not ASCII: they must not depend on the terminal's
 * locale.
 */
final class Terminal {

	private Terminal() {
	}

	static PrintStream out() {
		return utf8(FileDescriptor.out);
	}

	static PrintStream err() {
		return utf8(FileDescriptor.err);
	}

	private static PrintStream utf8(FileDescriptor descriptor) {
		return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
	}

}

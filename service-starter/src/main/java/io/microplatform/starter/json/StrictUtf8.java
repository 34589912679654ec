package io.microplatform.starter.json;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.InputDecorator;

/**
 * Lets the parser read bytes only as long as they are UTF-8, the one encoding of JSON.
 * Left alone it guesses UTF-16 and UTF-32, and decodes long forms and surrogates, so that
 * two readers of one text would not see the same characters.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.1">RFC 8259, section
 * 8.1</a>
 */
final class StrictUtf8 extends InputDecorator {

	private static final long serialVersionUID = 1;

	@Override
	public InputStream decorate(IOContext context, InputStream bytes) {
		return new Checked(bytes);
	}

	@Override
	public InputStream decorate(IOContext context, byte[] bytes, int offset, int length) {
		return new Checked(new ByteArrayInputStream(bytes, offset, length));
	}

	@Override
	public Reader decorate(IOContext context, Reader characters) {
		return characters;
	}

	private static final class Checked extends FilterInputStream {

		private final Utf8Check check = new Utf8Check();

		Checked(InputStream bytes) {
			super(bytes);
		}

		@Override
		public int read() throws IOException {
			int next = super.read();
			if (next >= 0) {
				this.check.accept(next);
			}
			return next;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = super.read(bytes, offset, length);
			this.check.accept(bytes, offset, count);
			return count;
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

}

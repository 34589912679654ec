package io.microplatform.starter.json;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.InputDecorator;

/**
 * An {@link InputDecorator} that fails a parser whose input is not well-formed UTF-8, the
 * only encoding of JSON, or has a NUL. Without it the parser detects UTF-16 and UTF-32,
 * and accepts overlong forms and surrogates, so that two readers of one text would not
 * see the same characters.
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

	/** Decodes what is read, and forgets the characters. */
	private static final class Checked extends FilterInputStream {

		private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

		private final CharBuffer characters = CharBuffer.allocate(512);

		/** Bytes that are not checked yet, the beginning of a character included. */
		private final ByteBuffer unchecked = ByteBuffer.allocate(512);

		Checked(InputStream bytes) {
			super(bytes);
		}

		@Override
		public int read() throws IOException {
			byte[] next = new byte[1];
			return (read(next, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(next[0]);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = super.read(bytes, offset, length);
			for (int i = offset; i < offset + count;) {
				int part = Math.min(this.unchecked.remaining(), offset + count - i);
				check(this.unchecked.put(bytes, i, part).flip());
				i += part;
			}
			return count;
		}

		private void check(ByteBuffer bytes) throws CharacterCodingException {
			CoderResult result = this.decoder.decode(bytes, this.characters, false);
			if (result.isError() || this.characters.flip().chars().anyMatch((character) -> character == 0)) {
				throw new MalformedInputException(1);
			}
			this.characters.clear();
			bytes.compact();
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

}

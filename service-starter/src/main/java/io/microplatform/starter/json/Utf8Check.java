package io.microplatform.starter.json;

import java.nio.charset.MalformedInputException;

/**
 * Checks that the bytes of a JSON text are well-formed UTF-8, and none of them is zero.
 * JSON has no use for a raw NUL, and every text in UTF-16 or UTF-32 without a byte order
 * mark has one. Belongs to one text, whose parts it takes in their order.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
 */
final class Utf8Check {

	private static final int FIRST_CONTINUATION = 0x80;

	private static final int LAST_CONTINUATION = 0xBF;

	/** Continuation bytes that the present character still needs. */
	private int missing;

	/** The least that the next of them may be: more than usual rules out long forms. */
	private int least = FIRST_CONTINUATION;

	/** The most that the next of them may be: less than usual rules out surrogates. */
	private int most = LAST_CONTINUATION;

	/**
	 * Takes the next part of the text.
	 * @throws MalformedInputException when the text is not UTF-8
	 */
	void accept(byte[] bytes, int offset, int length) throws MalformedInputException {
		for (int i = offset; i < offset + length; i++) {
			accept(Byte.toUnsignedInt(bytes[i]));
		}
	}

	/**
	 * Takes the next byte of the text.
	 * @throws MalformedInputException when the text is not UTF-8
	 */
	void accept(int next) throws MalformedInputException {
		if (this.missing == 0) {
			begin(next);
			return;
		}
		if (next < this.least || next > this.most) {
			throw new MalformedInputException(1);
		}
		this.missing--;
		this.least = FIRST_CONTINUATION;
		this.most = LAST_CONTINUATION;
	}

	private void begin(int first) throws MalformedInputException {
		if (first == 0 || (first > 0x7F && first < 0xC2) || first > 0xF4) {
			throw new MalformedInputException(1);
		}
		if (first > 0x7F) {
			this.missing = (first < 0xE0) ? 1 : (first < 0xF0) ? 2 : 3;
			this.least = (first == 0xE0) ? 0xA0 : (first == 0xF0) ? 0x90 : FIRST_CONTINUATION;
			this.most = (first == 0xED) ? 0x9F : (first == 0xF4) ? 0x8F : LAST_CONTINUATION;
		}
	}

}

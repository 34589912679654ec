package io.microplatform.user.account;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

import io.microplatform.starter.validation.InvisibleCharacters;

/**
 * A password in the form that is hashed: the OpaqueString profile of RFC 8265, so that
 * keyboards and systems that write a character differently give the same password. Spaces
 * of other scripts become ASCII spaces, and the text is in Unicode Normalization Form C.
 *
 * @param text the prepared form
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8265#section-4.2">RFC 8265, section
 * 4.2</a>
 */
record Password(String text) {

	/** The fewest bytes of a new password, in UTF-8. */
	static final int MIN_BYTES = 8;

	/** The most bytes of a password, in UTF-8: bcrypt ignores what follows. */
	static final int MAX_BYTES = 72;

	/** The most characters of any form of a text with so many bytes when composed. */
	private static final int MAX_TYPED = 4 * MAX_BYTES;

	private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

	/** Leaves a text alone that is too long in any form: preparing it could take long. */
	static Password of(String typed) {
		if (typed.length() > MAX_TYPED) {
			return new Password(typed);
		}
		return new Password(Normalizer.normalize(SPACE.matcher(typed).replaceAll(" "), Normalizer.Form.NFC));
	}

	/**
	 * Whether the profile allows the characters and bcrypt counts all bytes. Control
	 * characters are not allowed: bcrypt repeats its key after a zero, so that "p" and
	 * "p\0p" are the same to it. Joiners are not allowed in any context.
	 */
	boolean isHashable() {
		return !this.text.isEmpty() && bytes() <= MAX_BYTES && !InvisibleCharacters.areIn(this.text);
	}

	/** Whether it can be the password of a new account. */
	boolean isAcceptable() {
		return isHashable() && bytes() >= MIN_BYTES;
	}

	/** Never shows the password, wherever it may be printed. */
	@Override
	public String toString() {
		return "Password[]";
	}

	private int bytes() {
		return this.text.getBytes(StandardCharsets.UTF_8).length;
	}

}

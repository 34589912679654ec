package io.microplatform.starter.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The position at which the next page of a list begins. It is opaque to clients, so that
 * its content may change.
 *
 * @param before the id of the last item that has been seen; ids grow with time
 */
public record Cursor(long before) {

	private static final Cursor START = new Cursor(Long.MAX_VALUE);

	/**
	 * The cursor that a page came with.
	 * @param text as the client sent it; null for the first page
	 * @return the cursor
	 * @throws ProblemException 400 when it is none
	 */
	public static Cursor parse(@Nullable String text) {
		if (text == null) {
			return START;
		}
		try {
			byte[] decoded = Base64.getUrlDecoder().decode(text);
			return new Cursor(Long.parseLong(new String(decoded, StandardCharsets.US_ASCII)));
		}
		catch (IllegalArgumentException ex) {
			throw ProblemException.invalid("cursor", "is not a cursor that a page came with");
		}
	}

	@Override
	public String toString() {
		byte[] text = Long.toString(this.before).getBytes(StandardCharsets.US_ASCII);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
	}

}

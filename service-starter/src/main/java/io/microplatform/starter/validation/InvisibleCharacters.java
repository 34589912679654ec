package io.microplatform.starter.validation;

import java.util.regex.Pattern;

/**
 * Characters that show nothing, or that systems show differently: control and format
 * characters, others that Unicode lets a display ignore, line and paragraph separators,
 * private use, unpaired surrogates and unassigned code points.
 *
 * @see <a href="https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point">UAX
 * 44, Default_Ignorable_Code_Point</a>
 */
public final class InvisibleCharacters {

	private static final String CLASS = "\\p{C}\\p{Zl}\\p{Zp}"
			// Ignorable, although their categories are of letters and marks.
			+ "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}";

	private static final Pattern ANY = Pattern.compile("[" + CLASS + "]");

	private static final Pattern BLANK = Pattern.compile("[\\s\\p{Zs}" + CLASS + "]*");

	private InvisibleCharacters() {
	}

	/**
	 * Whether at least one of the characters is invisible. A space is not.
	 * @param text any text
	 */
	public static boolean areIn(CharSequence text) {
		return ANY.matcher(text).find();
	}

	/** Whether there are only spaces and invisible characters, or none at all. */
	static boolean areAllOf(CharSequence text) {
		return BLANK.matcher(text).matches();
	}

}

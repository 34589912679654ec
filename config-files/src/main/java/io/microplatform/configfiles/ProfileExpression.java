package io.microplatform.configfiles;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The profiles for which a document is, as in {@code local & !test} or
 * {@code (a & b) | c}.
 *
 * @param text as written; several expressions may stand side by side, with commas
 */
record ProfileExpression(String text) {

	private static final Pattern TOKEN = Pattern.compile("[()&|!,]|[^()&|!,\\s]+");

	private static final String NOTHING = "";

	/**
	 * Whether Spring takes it: it does not let {@code &} and {@code |} mix without
	 * brackets.
	 */
	boolean isWellFormed() {
		Deque<String> operators = new ArrayDeque<>();
		operators.push(NOTHING);
		boolean isOperandDue = true;
		Matcher tokens = TOKEN.matcher(this.text);
		while (tokens.find()) {
			String token = tokens.group();
			switch (token) {
				case "(", "!" -> {
					if (!isOperandDue) {
						return false;
					}
					if (token.equals("(")) {
						operators.push(NOTHING);
					}
				}
				case ")" -> {
					operators.pop();
					if (isOperandDue || operators.isEmpty()) {
						return false;
					}
				}
				case "&", "|", "," -> {
					String before = operators.pop();
					boolean isMixed = !before.equals(NOTHING) && !before.equals(token);
					if (isOperandDue || (isMixed && !token.equals(","))) {
						return false;
					}
					operators.push(token.equals(",") ? NOTHING : token);
					isOperandDue = true;
				}
				default -> {
					if (!isOperandDue) {
						return false;
					}
					isOperandDue = false;
				}
			}
		}
		return !isOperandDue && operators.size() == 1;
	}

}

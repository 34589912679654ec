package io.microplatform.starter.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A constraint for one line of text that any store can keep: not blank, at most
 * {@link #max} Unicode characters (code points), no control characters, no unpaired
 * surrogate. Format characters are allowed, because names in some scripts need them, but
 * text of nothing else is blank. {@code null} is valid: a required field also has
 * {@code @NotNull}, an optional one does not.
 */
@Constraint(validatedBy = PlainText.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {

	/**
	 * The most characters that are allowed.
	 * @return the number of code points
	 */
	int max();

	/**
	 * What is said when the text is not valid.
	 * @return the message
	 */
	String message() default "must have 1 to {max} characters, not all blank and no control characters";

	/**
	 * Required of every constraint.
	 * @return the groups
	 */
	Class<?>[] groups() default {};

	/**
	 * Required of every constraint.
	 * @return the payload
	 */
	Class<? extends Payload>[] payload() default {};

	/** Judges the text. */
	final class Validator implements ConstraintValidator<PlainText, CharSequence> {

		private int max;

		@Override
		public void initialize(PlainText constraint) {
			this.max = constraint.max();
		}

		@Override
		public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
			if (text == null) {
				return true;
			}
			return !InvisibleCharacters.areAllOf(text) && text.codePoints().count() <= this.max
					&& text.codePoints().allMatch(PlainText.Validator::isPlain);
		}

		private static boolean isPlain(int codePoint) {
			int type = Character.getType(codePoint);
			return type != Character.CONTROL && type != Character.SURROGATE && type != Character.LINE_SEPARATOR
					&& type != Character.PARAGRAPH_SEPARATOR;
		}

	}

}

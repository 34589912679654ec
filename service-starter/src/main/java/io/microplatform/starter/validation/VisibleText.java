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
 * A constraint for text that identifies something: no {@link InvisibleCharacters}, and no
 * spaces other than the ASCII space. {@code null} is left to {@code @NotNull}.
 */
@Constraint(validatedBy = VisibleText.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
public @interface VisibleText {

	/**
	 * What is said when the text is not valid.
	 * @return the message
	 */
	String message() default "must have no control, format or other invisible characters";

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
	final class Validator implements ConstraintValidator<VisibleText, CharSequence> {

		@Override
		public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
			return text == null || !(InvisibleCharacters.areIn(text)
					|| text.chars().anyMatch((character) -> character != ' ' && Character.isSpaceChar(character)));
		}

	}

}

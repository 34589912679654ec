package io.microplatform.starter.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Text of {@link #min} to {@link #max} bytes in UTF-8, which is what password hashes
 * count. {@code null} is left to {@code @NotNull}.
 */
@Constraint(validatedBy = Utf8Size.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
public @interface Utf8Size {

	/**
	 * The fewest bytes that are allowed.
	 * @return the number of bytes
	 */
	int min();

	/**
	 * The most bytes that are allowed.
	 * @return the number of bytes
	 */
	int max();

	/**
	 * What is said when the text is not valid.
	 * @return the message
	 */
	String message() default "must have {min} to {max} bytes in UTF-8";

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

	/** Counts the bytes. */
	final class Validator implements ConstraintValidator<Utf8Size, CharSequence> {

		private int min;

		private int max;

		@Override
		public void initialize(Utf8Size constraint) {
			this.min = constraint.min();
			this.max = constraint.max();
		}

		@Override
		public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
			if (text == null) {
				return true;
			}
			int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
			return bytes >= this.min && bytes <= this.max
					&& text.codePoints().noneMatch((c) -> Character.getType(c) == Character.SURROGATE);
		}

	}

}

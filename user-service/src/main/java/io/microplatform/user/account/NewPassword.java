package io.microplatform.user.account;

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
 * A constraint on the password of a new account, in the form of {@link Password}. {@code
 * null} is left to {@code @NotNull}.
 */
@Constraint(validatedBy = NewPassword.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
@interface NewPassword {

	String message() default "must have " + Password.MIN_BYTES + " to " + Password.MAX_BYTES
			+ " bytes in UTF-8 (composed, NFC) and no control, format or other invisible characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Judges the prepared password. */
	final class Validator implements ConstraintValidator<NewPassword, String> {

		@Override
		public boolean isValid(@Nullable String typed, ConstraintValidatorContext context) {
			return typed == null || Password.of(typed).isAcceptable();
		}

	}

}

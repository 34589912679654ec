package io.microplatform.starter.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A constraint on the digits of a decimal before and after the point, written without an
 * exponent. It holds for every exponent, unlike
 * {@link jakarta.validation.constraints.Digits @Digits}, which accepts
 * {@code 1e2147483647} because its sums overflow. {@code null} is left to
 * {@code @NotNull}.
 */
@Constraint(validatedBy = DecimalDigits.Validator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
public @interface DecimalDigits {

	/**
	 * The most digits before the point; any number where another rule limits the value.
	 * @return the number of digits
	 */
	int integer() default Integer.MAX_VALUE;

	/**
	 * The most digits after the point.
	 * @return the number of digits
	 */
	int fraction();

	/**
	 * What is said when the decimal is not valid.
	 * @return the message
	 */
	String message() default "must have at most {integer} digits before and {fraction} after the point";

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

	/** Counts the digits, without ever writing them out. */
	final class Validator implements ConstraintValidator<DecimalDigits, BigDecimal> {

		private int integer;

		private int fraction;

		@Override
		public void initialize(DecimalDigits constraint) {
			this.integer = constraint.integer();
			this.fraction = constraint.fraction();
		}

		@Override
		public boolean isValid(@Nullable BigDecimal decimal, ConstraintValidatorContext context) {
			return decimal == null || (decimal.scale() <= this.fraction && digitsBeforeThePoint(decimal) <= limit());
		}

		private long limit() {
			return (this.integer == Integer.MAX_VALUE) ? Long.MAX_VALUE : this.integer;
		}

		private static long digitsBeforeThePoint(BigDecimal decimal) {
			return (long) decimal.precision() - decimal.scale();
		}

	}

}

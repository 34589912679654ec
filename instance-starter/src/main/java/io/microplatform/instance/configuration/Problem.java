package io.microplatform.instance.configuration;

import java.util.List;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * A reason why a version of the configuration cannot be applied.
 *
 * @param property the name of the property in question; empty when there is none
 * @param message what is wrong, in one line
 */
public record Problem(String property, String message) {

	/**
	 * Creates a problem with the message of the root cause.
	 * @param property the name of the property in question
	 * @param ex the failure that its value causes
	 * @return the problem
	 */
	public static Problem of(String property, Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return new Problem(property, String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip());
	}

	/**
	 * Returns the problems of properties that cannot be bound: all invalid values, or the
	 * one value that cannot be converted.
	 * @param ex the failure of the binding
	 * @return at least one problem
	 */
	public static List<Problem> allOf(BindException ex) {
		if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof BindValidationException invalid) {
			ValidationErrors errors = invalid.getValidationErrors();
			// The name of a nested object is the prefix of its properties.
			return errors.getAllErrors().stream().map((error) -> of(errors.getName(), error)).toList();
		}
		return List.of(of(ex.getName().toString(), ex));
	}

	private static Problem of(ConfigurationPropertyName prefix, ObjectError error) {
		ConfigurationPropertyName property = (error instanceof FieldError field)
				? prefix.append(DataObjectPropertyName.toDashedForm(field.getField())) : prefix;
		return new Problem(property.toString(), String.valueOf(error.getDefaultMessage()));
	}

}

package io.microplatform.user.account;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.validation.DecimalDigits;
import io.microplatform.starter.validation.PlainText;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /users/{id}}, a JSON merge patch. An absent member stays
 * unchanged. No member can be removed, so {@code null} is not valid. It is not a record,
 * because Jackson tells {@code null} from absence for fields only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
final class UpdateUserRequest {

	@JsonProperty
	@JsonSetter(nulls = Nulls.FAIL)
	@PlainText(max = 50)
	private @Nullable String name;

	@JsonProperty
	@JsonSetter(nulls = Nulls.FAIL)
	@DecimalMin("0.00")
	@DecimalDigits(integer = 13, fraction = 2)
	private @Nullable BigDecimal creditLimit;

	@JsonProperty
	@JsonSetter(nulls = Nulls.FAIL)
	private @Nullable Role role;

	@JsonProperty
	@JsonSetter(nulls = Nulls.FAIL)
	private @Nullable Status status;

	/** Members that cannot be changed, or do not exist. */
	@JsonAnySetter
	private final Map<String, Object> others = new LinkedHashMap<>();

	/**
	 * Requires that every member can be changed.
	 * @throws ProblemException 400 naming one that cannot
	 */
	void requireOnlyKnown() {
		if (!this.others.isEmpty()) {
			throw ProblemException.invalid(this.others.keySet().iterator().next(), "cannot be changed");
		}
	}

	boolean needsAdministrator() {
		return this.creditLimit != null || this.role != null || this.status != null;
	}

	/**
	 * The user after the change.
	 * @throws ProblemException 409 when less would remain than is reserved
	 */
	User applyTo(User user) {
		return user.change(Objects.requireNonNullElse(this.name, user.name()),
				Objects.requireNonNullElse(this.creditLimit, user.creditLimit()),
				Objects.requireNonNullElse(this.role, user.role()),
				Objects.requireNonNullElse(this.status, user.status()));
	}

}

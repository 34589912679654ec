package io.microplatform.user.account;

import java.util.List;
import java.util.Set;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

/**
 * Strong entity tags of users. Each contains the id of the user, because {@code
 * /users/me} is another user for each caller, and a cache or client must not confuse
 * them. Administrators and owners see different representations, which have different
 * tags; an update may name either.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section
 * 8.8.3</a>
 */
final class EntityTags {

	private EntityTags() {
	}

	static String forOwner(long id, long version) {
		return new ETag(id + "-" + version, false).formattedTag();
	}

	static String forAdministrator(long id, long version) {
		return new ETag(id + "-" + version + "-full", false).formattedTag();
	}

	/**
	 * Goes on only when the client has seen this version, or does not say which.
	 * @param ifMatch the header {@code If-Match}, if there is one; one that cannot be
	 * read matches nothing
	 * @param id the user's id
	 * @param version the present version
	 * @throws ProblemException 412 when the client has seen another one
	 */
	static void requireMatch(@Nullable String ifMatch, long id, long version) {
		if (ifMatch == null || ifMatch.strip().equals("*")) {
			return;
		}
		Set<String> present = Set.of(forOwner(id, version), forAdministrator(id, version));
		List<ETag> seen = ETag.parse(ifMatch);
		if (seen.stream().noneMatch((tag) -> present.contains(tag.formattedTag()))) {
			throw new ProblemException(ProblemKind.PRECONDITION_FAILED,
					"The user has changed since the version that If-Match names.");
		}
	}

}

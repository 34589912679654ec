package io.microplatform.starter.web;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * A {@link ContentNegotiationStrategy} that ignores parameters of JSON in {@code Accept}:
 * JSON is UTF-8 whatever charset is asked for, and a converter could otherwise reject an
 * answer whose handler has already run. A quality of zero means "not acceptable"; the
 * most specific range that includes JSON counts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section
 * 12.5.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-11">RFC 8259, section
 * 11</a>
 */
final class JsonNegotiation implements ContentNegotiationStrategy {

	/** Whatever their qualities are, by which the framework orders them first. */
	private static final Comparator<MediaType> SPECIFIC_FIRST = Comparator.comparing(MediaType::isWildcardType)
		.thenComparing(MediaType::isWildcardSubtype);

	private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

	@Override
	public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
		List<MediaType> ranges = this.header.resolveMediaTypes(request);
		boolean refusesJson = mostSpecificForJson(ranges).filter((range) -> !isAcceptable(range)).isPresent();
		List<MediaType> acceptable = ranges.stream()
			.filter(JsonNegotiation::isAcceptable)
			.filter((range) -> !refusesJson || !range.includes(MediaType.APPLICATION_JSON))
			.map(JsonNegotiation::withoutParametersOfJson)
			.toList();
		if (acceptable.isEmpty()) {
			throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
		}
		return acceptable;
	}

	/** Whether an answer in JSON is acceptable. */
	boolean acceptsJson(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
		return mostSpecificForJson(resolveMediaTypes(request)).isPresent();
	}

	private static Optional<MediaType> mostSpecificForJson(List<MediaType> ranges) {
		return ranges.stream().filter((range) -> range.includes(MediaType.APPLICATION_JSON)).min(SPECIFIC_FIRST);
	}

	private static boolean isAcceptable(MediaType range) {
		return range.getQualityValue() > 0;
	}

	private static MediaType withoutParametersOfJson(MediaType range) {
		return isJson(range) ? new MediaType(range.getType(), range.getSubtype()).copyQualityValue(range) : range;
	}

	/** Whether a type is JSON, also under the name of what the JSON means. */
	static boolean isJson(MediaType type) {
		return type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
	}

}

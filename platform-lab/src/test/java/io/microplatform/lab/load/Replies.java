package io.microplatform.lab.load;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.lab.client.Reply;

/**
 * Test data: responses.
 */
final class Replies {

	private Replies() {
	}

	static Reply of(int status) {
		return of(status, "");
	}

	static Reply of(int status, String body) {
		return new Reply(status, headers(Map.of()), body);
	}

	static Reply of(int status, Map<String, String> headers) {
		return new Reply(status, headers(headers), "");
	}

	private static HttpHeaders headers(Map<String, String> headers) {
		Map<String, List<String>> values = headers.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (header) -> List.of(header.getValue())));
		return HttpHeaders.of(values, (name, value) -> true);
	}

}

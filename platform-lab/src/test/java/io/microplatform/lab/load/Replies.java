package io.microplatform.lab.load;

import java.net.http.HttpHeaders;
import java.util.Map;

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
		return new Reply(status, HttpHeaders.of(Map.of(), (name, value) -> true), body);
	}

}

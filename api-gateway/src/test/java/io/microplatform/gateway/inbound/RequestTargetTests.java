package io.microplatform.gateway.inbound;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTargetTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/users", "/users/", "/users/1", "/users/.a", "/users/a..b", "/users/...",
			"/orders?limit=10&cursor=a%2Fb%3D", "/users?", "/users??/", "/users?name=a;b", "/users/%C3%A9",
			"/users/a%20b", "/users/a@b.c", "/.well-known/openid-configuration" })
	void plainPathsComeIn(String target) {
		assertThat(RequestTarget.isUnambiguous(target)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "users", "?", "http://localhost/users", "localhost:80", "//", "//users",
			"/users//1", "/.", "/..", "/users/.", "/users/..", "/users/../internal", "/users/./1",
			"/users/%2e%2e/internal", "/users/%2E./x", "/users/.%2e/x", "/users/a%2Fb", "/users/a%2fb", "/users/a%5Cb",
			"/users/a\\b", "/users/a;b", "/users;a=b/1", "/users/%3Ba", "/users/%252e", "/users/%00", "/users/%0d%0a",
			"/users/%7f", "/users/%zz", "/users/%", "/users/%1", "/users|x", "/users/a b", "/users/<x>", "/users/\"",
			"/users/{id}", "/users/[1]", "/users/^", "/users/`", "/users#a", "/users/\u00e9", "/users/\u0000",
			"/users/\t", "/users?a=%zz", "/users?a=%00", "/users?a=|", "/users?a=#", "/users?a=\u00e9",
			"/users?a=%0a" })
	void anythingElseDoesNot(String target) {
		assertThat(RequestTarget.isUnambiguous(target)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 4000, 60_000 })
	void longTargetsAreDecidedWithoutDelay(int length) {
		assertThat(RequestTarget.isUnambiguous("/" + "a".repeat(length))).isTrue();
		assertThat(RequestTarget.isUnambiguous("/a".repeat(length / 2))).isTrue();
		assertThat(RequestTarget.isUnambiguous("/a".repeat(length / 2) + "|")).isFalse();
		assertThat(RequestTarget.isUnambiguous("/?" + "a".repeat(length) + "|")).isFalse();
	}

}

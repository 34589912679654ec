package io.microplatform.acceptance.http;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;

@AcceptanceTest
class MalformedBodyTests {

	private static final List<String> BODIES = List.of("", " ", "{", "}", "{\"name\":", "{\"name\":\"Ann\"",
			"{\"name\":\"Ann", "{'name':'Ann'}", "{name:\"Ann\"}", "{\"name\":\"Ann\",}", "nonsense", "<user/>",
			"name=Ann", "\u0000", "{\"amount\":NaN}", "{\"amount\":-}", "{\"product\":\"\\x\"}",
			"{\"product\":\"\\u12\"}", "{\"product\":\"a\nb\"}", "{} {}", "{},", "[]", "[{}]", "[1,2", "\"text\"",
			"\"\"", "5", "1.5", "true", "null");

	private final Calls calls;

	MalformedBodyTests(TargetPlatform platform) {
		this.calls = new Calls(platform);
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource
	void isRefused(String path, String body) {
		assertThat(this.calls.post(path, body)).isProblem(400);
	}

	static Stream<Arguments> isRefused() {
		return Calls.ALL.stream().flatMap((path) -> BODIES.stream().map((body) -> Arguments.of(path, body)));
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void isRefusedWithTrailingData(String path) {
		assertThat(this.calls.post(path, this.calls.good(path) + "{}")).isProblem(400);
		assertThat(this.calls.post(path, this.calls.good(path) + "x")).isProblem(400);
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void isRefusedWhenItIsNestedTooDeeply(String path) {
		String deep = "[".repeat(10_000);
		assertThat(this.calls.post(path, deep)).isProblem(400);
		assertThat(this.calls.post(path, this.calls.good(path).with("more", deep).toString())).isProblem(400);
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void isRefusedWhenItIsNotUtf8(String path) {
		byte[] body = this.calls.good(path)
			.withText("name", "ÿ")
			.withText("product", "ÿ")
			.toString()
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.calls.ann()
			.client()
			.send(this.calls.ann()
				.client()
				.request(path)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofByteArray(body))))
			.isProblem(path.equals(Calls.LOGIN) ? new int[] { 400, 401 } : new int[] { 400 });
	}

	@AfterAll
	void verifyThatNoCallHadAnEffect() {
		this.calls.assertThatNoneHadAnEffect();
	}

}

package io.microplatform.acceptance.http;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;

@AcceptanceTest
class BodyLimitTests {

	private static final int LIMIT = 64 * 1024;

	private final TargetPlatform platform;

	private final Calls calls;

	BodyLimitTests(TargetPlatform platform) {
		this.platform = platform;
		this.calls = new Calls(platform);
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void appliesToABodyWithContentLength(String path) {
		assertThat(this.calls.post(path, body(path, LIMIT + 1))).isProblem(413);
		assertThat(this.calls.post(path, body(path, 2 * LIMIT))).isProblem(413);
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void appliesToAChunkedBody(String path) {
		assertThat(postInChunks(path, LIMIT + 1)).isProblem(413);
		assertThat(postInChunks(path, 2 * LIMIT)).isProblem(413);
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void rejectsBeforeTheBodyArrives(String path) {
		Reply reply = Wire.exchange(this.platform.gateway(), "POST " + path + " HTTP/1.1", "",
				"Content-Type: application/json", "Content-Length: 1000000000",
				"Authorization: Bearer " + this.calls.ann().token());
		assertThat(reply).isProblem(413);
	}

	@Test
	void acceptsABodyOfTheMaximumSize() {
		assertThat(this.calls.post(Calls.LOGIN, body(Calls.LOGIN, LIMIT))).isProblem(401);
		assertThat(postInChunks(Calls.LOGIN, LIMIT)).isProblem(401);
	}

	@AfterAll
	void verifyThatNoCallHadAnEffect() {
		this.calls.assertThatNoneHadAnEffect();
	}

	private Reply postInChunks(String path, int length) {
		byte[] body = body(path, length).getBytes(StandardCharsets.US_ASCII);
		PlatformClient client = this.calls.ann().client();
		return client.send(client.request(path)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
	}

	private String body(String path, int length) {
		JsonBody good = this.calls.good(path);
		int padding = length - good.withText("padding", "").toString().length();
		return good.withText("padding", "x".repeat(padding)).toString();
	}

}

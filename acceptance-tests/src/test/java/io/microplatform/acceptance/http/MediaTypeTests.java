package io.microplatform.acceptance.http;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class MediaTypeTests {

	private static final List<String> NOT_JSON = List.of("text/plain", "text/html", "application/xml",
			"application/octet-stream", "application/x-www-form-urlencoded", "application/cbor", "image/png");

	private final TargetPlatform platform;

	private final Calls calls;

	MediaTypeTests(TargetPlatform platform) {
		this.platform = platform;
		this.calls = new Calls(platform);
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource
	void acceptsOnlyJson(String path, String type) {
		assertThat(send(good(path).header("Content-Type", type))).isProblem(415);
	}

	static Stream<Arguments> acceptsOnlyJson() {
		return Calls.ALL.stream().flatMap((path) -> NOT_JSON.stream().map((type) -> Arguments.of(path, type)));
	}

	@ParameterizedTest
	@FieldSource(Calls.ALL_BY_NAME)
	void rejectsABodyWithoutAContentType(String path) {
		assertThat(send(good(path))).isProblem(415);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "application/", "/json", "application/json; charset=nonsense",
			"application/json;charset=\"", "*/*", "multipart/form-data", "multipart/form-data; boundary=x" })
	void rejectsMalformedContentTypes(String type) {
		for (String path : Calls.ALL) {
			assertThat(send(good(path).header("Content-Type", type))).as(path).isProblem(400, 415);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "image/*", "nonsense", "application/json;q=0" })
	void returnsProblemsAsJsonForAnyAcceptHeader(String accepted) {
		Reply reply = send(this.calls.ann().client().request("/orders/0").header("Accept", accepted).GET());
		assertThat(reply).isProblem(400, 404, 406);
		Reply unknown = send(this.calls.ann().client().request("/nothing").header("Accept", accepted).GET());
		assertThat(unknown).isProblem(404, 406);
		Reply refusal = send(this.platform.guest().request("/orders").header("Accept", accepted).GET());
		assertThat(refusal).isProblem(401, 406);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "nonsense" })
	void placesNoOrderWhoseResponseIsNotAcceptable(String accepted) {
		ClientAccount bob = this.platform.signUp("Bob");
		Reply reply = bob.client()
			.send(bob.client()
				.request(Calls.ORDERS)
				.header("Content-Type", "application/json")
				.header("Accept", accepted)
				.POST(BodyPublishers.ofString(this.calls.good(Calls.ORDERS).toString())));
		List<?> orders = bob.client().orders("").expect(200).as(OrdersPage.class).items();
		if (reply.status() == 201) {
			assertThat(reply).isJson(201);
			assertThat(orders).hasSize(1);
		}
		else {
			assertThat(reply).isProblem(406);
			assertThat(orders).isEmpty();
		}
	}

	@AfterAll
	void verifyThatNoCallHadAnEffect() {
		this.calls.assertThatNoneHadAnEffect();
	}

	private HttpRequest.Builder good(String path) {
		return this.calls.ann().client().request(path).POST(BodyPublishers.ofString(this.calls.good(path).toString()));
	}

	private Reply send(HttpRequest.Builder request) {
		return this.platform.guest().send(request);
	}

}

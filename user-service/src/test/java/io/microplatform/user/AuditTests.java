package io.microplatform.user;

import java.util.List;

import io.microplatform.starter.test.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class AuditTests {

	private final UserClient client;

	AuditTests(@LocalServerPort int port) {
		this.client = new UserClient(port);
	}

	@Test
	void recordsActionsWithoutAddresses(CapturedOutput output) {
		UserClient.Person ann = this.client.person();
		this.client.login(ann.email(), UserClient.PASSWORD);
		this.client.login(ann.email(), "wrong horse");
		List<String> trail = output.toString().lines().filter((line) -> line.contains("\"audit\"")).toList();
		String id = "\"user.id\":\"" + ann.id() + "\"";
		assertThat(trail).anySatisfy((line) -> assertThat(line).contains("user-registered", id))
			.anySatisfy((line) -> assertThat(line).contains("\"login\"", "\"success\"", id))
			.anySatisfy((line) -> assertThat(line).contains("\"login\"", "\"failure\"").doesNotContain("user.id"));
		assertNoSecret(output, ann);
	}

	@Test
	void aChangeNamesTheAccountAndTheFields(CapturedOutput output) {
		UserClient.Person ann = this.client.person();
		this.client.patch(ann.id(), this.client.administrator(), "{\"name\":\"Ann\",\"creditLimit\":5000}");
		this.client.delete(ann.id(), ann.token());
		this.client.delete(ann.id(), ann.token());
		String target = "\"target\":{\"id\":\"" + ann.id() + "\"}";
		assertThat(output.toString().lines())
			.anySatisfy((line) -> assertThat(line).contains("\"user-updated: name\"", target).doesNotContain("5000"))
			.anySatisfy((line) -> assertThat(line).contains("\"credit-limit-changed\"", target).doesNotContain("5000"));
		assertThat(output.toString().lines().filter((line) -> line.contains("\"message\":\"account-closed\"")))
			.singleElement()
			.asString()
			.contains("\"user.id\":\"" + ann.id() + "\"")
			.doesNotContain("\"target\"");
		assertNoSecret(output, ann);
	}

	private static void assertNoSecret(CapturedOutput output, UserClient.Person ann) {
		assertThat(output.toString()).doesNotContain(ann.email(), UserClient.PASSWORD, "wrong horse");
	}

}

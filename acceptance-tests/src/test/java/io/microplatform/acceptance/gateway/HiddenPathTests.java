package io.microplatform.acceptance.gateway;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;

/**
 * Tests that paths behind the gateway cannot be reached from outside, including known
 * bypass techniques.
 */
@AcceptanceTest
class HiddenPathTests {

	private final TargetPlatform platform;

	private final ClientAccount ann;

	HiddenPathTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/", "/actuator/health", "/actuator/health/liveness",
			"/actuator/env", "/actuator/prometheus", "/actuator/gateway/routes", "/actuator/refresh",
			"/actuator/busrefresh", "/eureka", "/eureka/apps", "/eureka/apps/USER-SERVICE", "/config",
			"/config/user-service/local", "/user-service/local", "/application/default", "/encrypt", "/internal",
			"/internal/jwks", "/user-service/users/me", "/order-service/orders", "/USER-SERVICE/internal/jwks",
			"/config-server/user-service/local", "/discovery-server/eureka/apps" })
	void areNotRouted(String target) {
		assertHidden(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//actuator", "///actuator/health", "//internal/jwks", "/./actuator/health",
			"/users/../internal/jwks", "/users/../../internal/jwks", "/users//../internal/jwks",
			"/users/me/../../internal/jwks", "/users/./../internal/jwks", "/users/%2e%2e/internal/jwks",
			"/users/%2E%2E/internal/jwks", "/users/.%2e/internal/jwks", "/users/..%2finternal/jwks",
			"/users/..%2Finternal%2Fjwks", "/users%2f..%2finternal%2fjwks", "/users/%252e%252e/internal/jwks",
			"/users/..%5cinternal/jwks", "/users/..\\internal\\jwks", "/users/..;/internal/jwks",
			"/users/..;a=b/internal/jwks", "/users;/../internal/jwks", "/users/%2e%2e;/internal/jwks",
			"/orders/../actuator/env", "/orders/%2e%2e/actuator/env", "/orders/..;/actuator/env",
			"/orders/..%2factuator%2fenv", "/login/../internal/jwks", "/login/..;/internal/jwks",
			"/login;/../internal/jwks", "/%69nternal/jwks", "/%61ctuator/health", "/INTERNAL/jwks",
			"/users/..%00/internal/jwks", "/users/\u202e../internal/jwks", "/users/%c0%ae%c0%ae/internal/jwks",
			"/users/me/../../actuator/env?x=/users", "/internal/jwks?/users/me", "/internal/jwks#/users/me" })
	void areNotReachedByPathTraversal(String target) {
		assertHidden(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://user-service/internal/jwks", "http://127.0.0.1/internal/jwks",
			"http://discovery-server/eureka/apps", "lb://user-service/internal/jwks",
			"http://user-service/actuator/env" })
	void areNotReachedByAbsoluteTargets(String target) {
		assertHidden(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Original-URL: /users/me", "X-Rewrite-URL: /users/me", "X-Forwarded-Prefix: /users",
			"X-HTTP-Method-Override: POST", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: 127.0.0.1",
			"Forwarded: for=127.0.0.1;host=user-service" })
	void areNotReachedByHeaders(String header) {
		for (String target : new String[] { "/internal/jwks", "/actuator/env" }) {
			Reply reply = Wire.exchange(this.platform.gateway(), "GET " + target + " HTTP/1.1", "", header,
					"Authorization: Bearer " + this.ann.token());
			assertThat(reply).isProblem(400, 404);
		}
	}

	private void assertHidden(String target) {
		String requestLine = "GET " + target + " HTTP/1.1";
		assertThat(Wire.exchange(this.platform.gateway(), requestLine, "", "Authorization: Bearer " + this.ann.token()))
			.isProblem(400, 404);
		assertThat(Wire.exchange(this.platform.gateway(), requestLine, "")).isProblem(400, 401, 404);
	}

}

package io.microplatform.user.token;

import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The public keys for the other services. The gateway has no route to it.
 */
@RestController
class JwksController {

	private final SigningKeys keys;

	JwksController(SigningKeys keys) {
		this.keys = keys;
	}

	@GetMapping("/internal/jwks")
	Map<String, Object> keys() {
		return this.keys.publicKeys().toJSONObject();
	}

}

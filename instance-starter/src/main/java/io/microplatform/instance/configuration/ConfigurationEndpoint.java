package io.microplatform.instance.configuration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Through which the config server asks this instance to take a version of the
 * configuration, or whether it would.
 */
@WebEndpoint(id = "configuration")
class ConfigurationEndpoint {

	private final RunningConfiguration configuration;

	private final byte[] password;

	ConfigurationEndpoint(RunningConfiguration configuration, String password) {
		this.configuration = configuration;
		this.password = password.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Takes the published version, or checks another one.
	 * @param version to check; without it the published version is taken
	 * @param password of the config server; the same in both stacks, servlet and
	 * reactive, of which one has no other way to know who asks
	 * @return what became of it, 401 with the wrong password
	 */
	@WriteOperation
	WebEndpointResponse<Report> change(@Nullable String version, String password) {
		if (!MessageDigest.isEqual(this.password, password.getBytes(StandardCharsets.UTF_8))) {
			return new WebEndpointResponse<>(401);
		}
		return new WebEndpointResponse<>(
				(version != null) ? this.configuration.check(version) : this.configuration.take());
	}

}

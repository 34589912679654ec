package io.microplatform.instance.configuration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint with which the config server has this instance apply the
 * published version, or validate another one. It checks the config server's password
 * itself, because servlet and reactive instances share no other way to authenticate it.
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
	 * Applies the published version, or validates another one.
	 * @param version the version to validate; null to apply the published one
	 * @param password of the config server
	 * @return a {@link ConfigurationReport}, or 401 with a wrong password
	 */
	@WriteOperation
	WebEndpointResponse<ConfigurationReport> change(@Nullable String version, String password) {
		if (!MessageDigest.isEqual(this.password, password.getBytes(StandardCharsets.UTF_8))) {
			return new WebEndpointResponse<>(401);
		}
		return new WebEndpointResponse<>(
				(version != null) ? this.configuration.validate(version) : this.configuration.update());
	}

}

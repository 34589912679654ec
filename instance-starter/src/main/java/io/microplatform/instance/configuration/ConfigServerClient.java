package io.microplatform.instance.configuration;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.config.client.ConfigClientRequestTemplateFactory;
import org.springframework.cloud.config.environment.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * A client of the config servers that loads the published version of this application's
 * configuration, or another one by its name. Spring Cloud Config's
 * {@link org.springframework.cloud.config.client.ConfigServerConfigDataLoader} only works
 * at startup.
 */
final class ConfigServerClient {

	/** The property with which the config client shows the version. */
	static final String VERSION = "config.client.version";

	private final ConfigClientProperties properties;

	private final ConfigClientRequestTemplateFactory templates;

	private final RestClient http;

	private final String profile;

	/**
	 * Creates a client.
	 * @param properties the properties of the config client
	 * @param active the active profiles, which the config client requests at startup
	 * unless it has its own profile
	 */
	ConfigServerClient(ConfigClientProperties properties, String... active) {
		this.properties = properties;
		boolean isOwn = !properties.getProfile().equals(ConfigClientProperties.DEFAULT_PROFILE);
		this.profile = (isOwn || active.length == 0) ? properties.getProfile() : String.join(",", active);
		this.templates = new ConfigClientRequestTemplateFactory(LogFactory.getLog(ConfigServerClient.class),
				properties);
		this.http = RestClient.create(this.templates.create());
	}

	/**
	 * Loads a version from the first config server that answers.
	 * @param version the version; null for the published one
	 * @return the version and its property sources for this application
	 * @throws VersionRefusedException when the version does not exist or cannot be
	 * served, or no config server answers
	 */
	Environment load(@Nullable String version) throws VersionRefusedException {
		List<Problem> problems = new ArrayList<>();
		for (int i = 0; i < this.properties.getUri().length; i++) {
			ConfigClientProperties.Credentials server = this.properties.getCredentials(i);
			try {
				return get(server, version);
			}
			catch (HttpClientErrorException.NotFound ex) {
				throw new VersionRefusedException(new Problem(VERSION, "there is no version " + version));
			}
			catch (HttpClientErrorException.UnprocessableContent ex) {
				throw new VersionRefusedException(new Problem(VERSION, ex.getResponseBodyAsString()));
			}
			catch (RestClientException ex) {
				problems.add(new Problem(VERSION, server.getUri() + ": " + Problem.of(VERSION, ex).message()));
			}
		}
		throw new VersionRefusedException(problems);
	}

	/** The profiles with which this application requests its configuration. */
	String profile() {
		return this.profile;
	}

	private Environment get(ConfigClientProperties.Credentials server, @Nullable String version) {
		@Nullable Environment environment = this.http.get()
			.uri(server.getUri() + "/{name}/{profile}" + ((version != null) ? "/{version}" : ""),
					this.properties.getName(), this.profile, version)
			.accept(MediaType.APPLICATION_JSON)
			.headers((headers) -> this.templates.addAuthorizationToken(headers, server.getUsername(),
					server.getPassword()))
			.retrieve()
			.body(Environment.class);
		if (environment == null || environment.getVersion() == null
				|| (version != null && !version.equals(environment.getVersion()))) {
			throw new RestClientException(server.getUri() + " does not serve the requested version");
		}
		return environment;
	}

}

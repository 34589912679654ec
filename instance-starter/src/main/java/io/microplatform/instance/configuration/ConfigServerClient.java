package io.microplatform.instance.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.config.client.ConfigClientRequestTemplateFactory;
import org.springframework.cloud.config.environment.Environment;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

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

	private final RestTemplate http;

	ConfigServerClient(ConfigClientProperties properties) {
		this.properties = properties;
		this.templates = new ConfigClientRequestTemplateFactory(LogFactory.getLog(ConfigServerClient.class),
				properties);
		this.http = this.templates.create();
	}

	/**
	 * Loads a version from the first config server that answers.
	 * @param name of the returned source
	 * @param version the version; null for the published one
	 * @return all properties of the version for this application, and {@link #VERSION}
	 * @throws VersionRefusedException when the version does not exist or cannot be
	 * served, or no config server answers
	 */
	CompositePropertySource load(String name, @Nullable String version) throws VersionRefusedException {
		List<Problem> problems = new ArrayList<>();
		for (int i = 0; i < this.properties.getUri().length; i++) {
			ConfigClientProperties.Credentials server = this.properties.getCredentials(i);
			try {
				return propertySource(name, get(server, version));
			}
			catch (HttpClientErrorException.NotFound ex) {
				throw new VersionRefusedException(new Problem(VERSION, "there is no version " + version));
			}
			catch (HttpClientErrorException.UnprocessableContent ex) {
				throw new VersionRefusedException(new Problem(VERSION, ex.getResponseBodyAsString()));
			}
			catch (RestClientException ex) {
				problems.add(Problem.of(VERSION, ex));
			}
		}
		throw new VersionRefusedException(problems);
	}

	/** The profiles with which this application requests its configuration. */
	String profile() {
		return this.properties.getProfile();
	}

	private Environment get(ConfigClientProperties.Credentials server, @Nullable String version) {
		HttpHeaders headers = new HttpHeaders();
		headers.setAccept(List.of(MediaType.APPLICATION_JSON));
		this.templates.addAuthorizationToken(headers, server.getUsername(), server.getPassword());
		String url = server.getUri() + "/{name}/{profile}" + ((version != null) ? "/{version}" : "");
		@Nullable Environment environment = this.http
			.exchange(url, HttpMethod.GET, new HttpEntity<>(headers), Environment.class, this.properties.getName(),
					this.properties.getProfile(), version)
			.getBody();
		if (environment == null || environment.getVersion() == null
				|| (version != null && !version.equals(environment.getVersion()))) {
			throw new RestClientException(server.getUri() + " does not serve the requested version");
		}
		return environment;
	}

	private static CompositePropertySource propertySource(String name, Environment environment) {
		CompositePropertySource all = new CompositePropertySource(name);
		all.addPropertySource(new MapPropertySource("configClient", Map.of(VERSION, environment.getVersion())));
		environment.getPropertySources().forEach((source) -> {
			Map<String, Object> properties = new HashMap<>();
			source.getSource().forEach((key, value) -> properties.put(String.valueOf(key), value));
			all.addPropertySource(new MapPropertySource(source.getName(), properties));
		});
		return all;
	}

}

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
 * Gets a version of this application's configuration that need not be the published one.
 */
final class ConfigServers {

	/** What the config client calls the source with the version, which others read. */
	static final String VERSION = "config.client.version";

	private final ConfigClientProperties properties;

	private final ConfigClientRequestTemplateFactory templates;

	private final RestTemplate http;

	ConfigServers(ConfigClientProperties properties) {
		this.properties = properties;
		this.templates = new ConfigClientRequestTemplateFactory(LogFactory.getLog(ConfigServers.class), properties);
		this.http = this.templates.create();
	}

	/**
	 * Asks one config server after another.
	 * @param name of the source that it returns
	 * @param version of the configuration; null for the published one
	 * @return everything that the version holds for this application, its own name
	 * included
	 * @throws RefusedException when there is no such version, or none of them answers
	 */
	CompositePropertySource fetch(String name, @Nullable String version) throws RefusedException {
		List<Problem> problems = new ArrayList<>();
		for (int i = 0; i < this.properties.getUri().length; i++) {
			ConfigClientProperties.Credentials server = this.properties.getCredentials(i);
			try {
				return sources(name, fetch(server, version));
			}
			catch (HttpClientErrorException.NotFound ex) {
				throw new RefusedException(VERSION, "there is no version " + version);
			}
			catch (HttpClientErrorException.UnprocessableContent ex) {
				throw new RefusedException(VERSION, ex.getResponseBodyAsString());
			}
			catch (RestClientException ex) {
				problems.add(new Problem(VERSION, server.getUri() + ": " + Causes.root(ex)));
			}
		}
		throw new RefusedException(problems);
	}

	/** With which this asks; several with commas. */
	String profile() {
		return this.properties.getProfile();
	}

	private Environment fetch(ConfigClientProperties.Credentials server, @Nullable String version) {
		HttpHeaders headers = new HttpHeaders();
		headers.setAccept(List.of(MediaType.APPLICATION_JSON));
		this.templates.addAuthorizationToken(headers, server.getUsername(), server.getPassword());
		Map<String, String> variables = new HashMap<>(
				Map.of("name", this.properties.getName(), "profile", this.properties.getProfile()));
		if (version != null) {
			variables.put("version", version);
		}
		String path = "/{name}/{profile}" + ((version != null) ? "/{version}" : "");
		@Nullable Environment environment = this.http
			.exchange(server.getUri() + path, HttpMethod.GET, new HttpEntity<>(headers), Environment.class, variables)
			.getBody();
		if (environment == null || environment.getVersion() == null
				|| (version != null && !version.equals(environment.getVersion()))) {
			throw new RestClientException("it does not serve the version asked for");
		}
		return environment;
	}

	private static CompositePropertySource sources(String name, Environment environment) {
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

package io.microplatform.instance.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParser;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The names of all properties that this application reads, according to the <a href=
 * "https://docs.spring.io/spring-boot/specification/configuration-metadata/">configuration
 * metadata</a> of its jars.
 */
final class KnownProperties {

	private static final List<String> METADATA = List.of("META-INF/spring-configuration-metadata.json",
			"META-INF/additional-spring-configuration-metadata.json");

	private static final Pattern OPEN = Pattern
		.compile("java\\.util\\.(Map|List|Set|Collection|Properties)\\b.*|.*\\[]");

	private final Set<ConfigurationPropertyName> single = new HashSet<>();

	/** Maps and lists, which have properties of any name below them. */
	private final Set<ConfigurationPropertyName> open = new HashSet<>();

	private KnownProperties() {
	}

	/**
	 * Reads the metadata, some megabytes.
	 * @throws UncheckedIOException when a jar cannot be read
	 */
	static KnownProperties on(ClassLoader classPath) {
		KnownProperties known = new KnownProperties();
		JsonParser json = JsonParserFactory.getJsonParser();
		try {
			for (String file : METADATA) {
				for (URL url : Collections.list(classPath.getResources(file))) {
					try (InputStream content = url.openStream()) {
						known.add(json.parseMap(new String(content.readAllBytes(), StandardCharsets.UTF_8)));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return known;
	}

	private void add(Map<String, Object> metadata) {
		if (metadata.get("properties") instanceof List<?> properties) {
			for (Object property : properties) {
				if (property instanceof Map<?, ?> described && described.get("name") instanceof String name) {
					String type = String.valueOf(described.get("type"));
					(OPEN.matcher(type).matches() ? this.open : this.single)
						.add(ConfigurationPropertyName.adapt(name, '.'));
				}
			}
		}
	}

	boolean contains(ConfigurationPropertyName property) {
		if (this.single.contains(property)) {
			return true;
		}
		for (ConfigurationPropertyName name = property; !name.isEmpty(); name = name.getParent()) {
			if (this.open.contains(name)) {
				return true;
			}
		}
		return false;
	}

}

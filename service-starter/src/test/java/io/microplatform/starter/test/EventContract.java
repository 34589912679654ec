package io.microplatform.starter.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the platform's events promise: the documents in {@code docs/events/}, as tests of
 * producers and consumers hold the code against them.
 */
public final class EventContract {

	private static final String DOCUMENT = "asyncapi.yaml";

	/** Only a name: nothing is fetched from there. */
	private static final String BASE = "https://microplatform.example/events/";

	private final Path directory;

	private final JsonNode document;

	private final SchemaRegistry schemas;

	private EventContract(Path directory) {
		this.directory = directory;
		this.document = JsonMapper.shared().readTree(read(DOCUMENT));
		this.schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(registry) -> registry.schemas((iri) -> read(iri.substring(BASE.length()))));
	}

	/** The contract of this checkout. */
	public static EventContract ofThisCheckout() {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));
		return new EventContract(root.resolve("docs/events"));
	}

	/** The types of the events that may come on a topic. */
	public List<String> typesOn(String topic) {
		return List.copyOf(this.document.at("/channels/" + topic + "/messages").propertyNames());
	}

	/**
	 * What is wrong with an event, nothing when it keeps the contract of its type.
	 * @param type the event's type
	 * @param data its data, as it is sent
	 */
	public List<String> violations(String type, String data) {
		return violationsOf("/components/messages/" + type + "/payload", data);
	}

	/**
	 * The same for its headers.
	 * @param headers a JSON object of all of them
	 */
	public List<String> violationsOfHeaders(String headers) {
		return violationsOf("/components/messageTraits/event/headers", headers);
	}

	private List<String> violationsOf(String pointer, String json) {
		if (this.document.at(pointer).isMissingNode()) {
			return List.of(pointer + " is not in the contract");
		}
		Schema schema = this.schemas.getSchema(SchemaLocation.of(BASE + DOCUMENT + "#" + pointer));
		return schema
			.validate(json, InputFormat.JSON,
					(context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)))
			.stream()
			.map(Error::toString)
			.toList();
	}

	/**
	 * The components of an event that a schema does not have.
	 * @param schema the name of the schema
	 * @param event the type of the event's data
	 */
	public List<String> missing(String schema, Class<? extends Record> event) {
		JsonNode properties = schema(schema).path("properties");
		return Stream.of(event.getRecordComponents())
			.map(RecordComponent::getName)
			.filter((component) -> !properties.has(component))
			.toList();
	}

	/**
	 * Events at the edges of what a schema allows, unknown properties included: a
	 * consumer has to read all of them.
	 * @param schema the name of the schema
	 */
	public List<String> examplesOn(String schema) {
		return new EventExamples(schema(schema)).all();
	}

	private JsonNode schema(String name) {
		return JsonMapper.shared().readTree(read(name + ".schema.json"));
	}

	private String read(String file) {
		try {
			String text = Files.readString(this.directory.resolve(file));
			return file.endsWith(".yaml") ? JsonMapper.shared().writeValueAsString(new Yaml().<Object>load(text))
					: text;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.microplatform.acceptance.documentation;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of properties in docs/configuration.md lists what config-repo/ sets and what
 * the services read.
 */
class ConfigurationTests {

	private static final List<String> FILES = List.of("application.yml", "api-gateway.yml", "user-service.yml",
			"order-service.yml");

	private static final String OURS = "platform.";

	private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";

	private static final String CONDITION = "org.springframework.boot.autoconfigure.condition.ConditionalOnProperty";

	/** Secrets and locations, which {@code up} passes and users do not change. */
	private static final Pattern NOT_DOCUMENTED = Pattern.compile(".*\\.(password|secret|keys-uri|snapshots)");

	/** The properties whose child names are chosen freely, such as ids of routes. */
	private static final Set<String> MAPS = read((field) -> field.getRawType().isEquivalentTo(Map.class));

	/** The file and the value of each property. */
	private static final Map<String, Setting> DOCUMENTED = documented();

	private static Map<String, Setting> documented() {
		Map<String, Setting> documented = new TreeMap<>();
		Table.below("| property | default | description | file |", Checkout.read("docs/configuration.md"))
			.rows()
			.forEach((row) -> {
				List<String> names = Table.code(row.getFirst());
				String[] defaults = row.get(1).split(", ", names.size());
				String prefix = names.getFirst().substring(0, names.getFirst().lastIndexOf('.'));
				for (int i = 0; i < names.size(); i++) {
					String name = names.get(i).startsWith(".") ? prefix + names.get(i) : names.get(i);
					documented.put(name, new Setting(defaults[Math.min(i, defaults.length - 1)].replace("`", ""),
							row.get(3).replace("`", "")));
				}
			});
		return documented;
	}

	@Test
	void namesThePropertiesValuesAndFilesInConfigRepo() {
		Map<String, Setting> set = new TreeMap<>();
		for (String file : FILES) {
			for (Node document : new Yaml().composeAll(new StringReader(Checkout.read("config-repo/" + file)))) {
				scalars("", document).filter((entry) -> entry.getKey().startsWith(OURS))
					.forEach((entry) -> set.put(entry.getKey(), new Setting(entry.getValue(), file)));
			}
		}
		set.keySet().removeIf((name) -> MAPS.stream().anyMatch((map) -> name.startsWith(map + ".")));
		Map<String, Setting> documented = new TreeMap<>(DOCUMENTED);
		documented.keySet().removeAll(MAPS);
		documented.values().removeIf((setting) -> !FILES.contains(setting.file()));
		assertThat(documented).isEqualTo(set);
	}

	@Test
	void namesThePropertiesThatAreRead() {
		Set<String> read = read((_) -> true);
		assertThat(read).filteredOn((property) -> !NOT_DOCUMENTED.matcher(property).matches())
			.isSubsetOf(DOCUMENTED.keySet());
		String all = FILES.stream().map((file) -> Checkout.read("config-repo/" + file)).collect(Collectors.joining());
		assertThat(DOCUMENTED.keySet()).allMatch((property) -> read.contains(property)
				|| conditions().contains(property) || all.contains("${" + property + ":"));
	}

	/** Returns the properties that select optional beans. */
	private static Set<String> conditions() {
		return Checkout.classes(Checkout.modules())
			.stream()
			.filter((type) -> type.isAnnotatedWith(CONDITION))
			.flatMap((type) -> type.getAnnotationOfType(CONDITION).get("name").stream())
			.flatMap((names) -> Stream.of((Object[]) names))
			.map(String::valueOf)
			.collect(Collectors.toSet());
	}

	/** The values as written: 10.00 is not 10.0. */
	private static Stream<Map.Entry<String, String>> scalars(String name, Node node) {
		if (node instanceof MappingNode mapping) {
			return mapping.getValue().stream().flatMap((entry) -> scalars(nested(name, entry), entry.getValueNode()));
		}
		return Stream.of(Map.entry(name, (node instanceof ScalarNode scalar) ? scalar.getValue() : "a list"));
	}

	private static String nested(String name, NodeTuple entry) {
		String key = ((ScalarNode) entry.getKeyNode()).getValue();
		return name.isEmpty() ? key : name + "." + key;
	}

	/** Returns the names of the properties whose fields match. */
	private static Set<String> read(Predicate<JavaField> fields) {
		return Checkout.classes(Checkout.modules())
			.stream()
			.filter((type) -> type.isAnnotatedWith(PROPERTIES))
			.flatMap((type) -> names(prefix(type), type, fields))
			.filter((property) -> property.startsWith(OURS))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String prefix(JavaClass type) {
		JavaAnnotation<?> annotation = type.getAnnotationOfType(PROPERTIES);
		return Stream.of("value", "prefix")
			.flatMap((name) -> annotation.get(name).stream())
			.map(String::valueOf)
			.filter((name) -> !name.isEmpty())
			.findFirst()
			.orElseThrow();
	}

	private static Stream<String> names(String prefix, JavaClass type, Predicate<JavaField> fields) {
		return type.getFields()
			.stream()
			.filter((field) -> !field.getModifiers().contains(JavaModifier.STATIC))
			.flatMap((field) -> names(prefix, field, fields));
	}

	private static Stream<String> names(String prefix, JavaField field, Predicate<JavaField> fields) {
		String name = prefix + "." + field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
		JavaClass type = field.getRawType();
		boolean isGroup = type.getPackageName().startsWith("io.microplatform") && !type.isEnum();
		return isGroup ? names(name, type, fields) : Stream.of(field).filter(fields).map((_) -> name);
	}

	private record Setting(String value, String file) {
	}

}

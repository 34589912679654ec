package io.microplatform.acceptance.documentation;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * README.md's table of configuration names what config-repo/ sets and the services read.
 */
class ConfigurationTests {

	private static final List<String> FILES = List.of("application.yml", "api-gateway.yml", "user-service.yml",
			"order-service.yml");

	private static final String OURS = "platform.";

	private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";

	private static final String CONDITION = "org.springframework.boot.autoconfigure.condition.ConditionalOnProperty";

	/** Secrets and places, which {@code up} hands over and nobody tunes. */
	private static final Pattern HANDED_OVER = Pattern.compile(".*\\.(password|secret|keys-uri|snapshots)");

	/** Where each property is set, and to what. */
	private static final Map<String, Setting> DOCUMENTED = documented();

	private static Map<String, Setting> documented() {
		Map<String, Setting> documented = new TreeMap<>();
		Table.below("| property | default | is | in |", Checkout.read("README.md")).rows().forEach((row) -> {
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
	void namesWhatIsSetAndTheValuesAndTheFiles() {
		Map<String, Setting> set = new TreeMap<>();
		for (String file : FILES) {
			Node root = new Yaml().compose(new StringReader(Checkout.read("config-repo/" + file)));
			scalars("", root).filter((entry) -> entry.getKey().startsWith(OURS))
				.forEach((entry) -> set.put(entry.getKey(), new Setting(entry.getValue(), file)));
		}
		Map<String, Setting> documented = new TreeMap<>(DOCUMENTED);
		documented.values().removeIf((setting) -> !FILES.contains(setting.file()));
		assertThat(documented).isEqualTo(set);
	}

	@Test
	void namesWhatIsRead() {
		Set<String> read = read();
		assertThat(read).filteredOn((property) -> !HANDED_OVER.matcher(property).matches())
			.isSubsetOf(DOCUMENTED.keySet());
		String all = FILES.stream().map((file) -> Checkout.read("config-repo/" + file)).collect(Collectors.joining());
		assertThat(DOCUMENTED.keySet()).allMatch((property) -> read.contains(property) || decided().contains(property)
				|| all.contains("${" + property + ":"));
	}

	/** By which the parts of a service are chosen. */
	private static Set<String> decided() {
		return Checkout.classes(Checkout.modules())
			.stream()
			.filter((type) -> type.isAnnotatedWith(CONDITION))
			.flatMap((type) -> type.getAnnotationOfType(CONDITION).get("name").stream())
			.flatMap((names) -> Stream.of((Object[]) names))
			.map(String::valueOf)
			.collect(Collectors.toSet());
	}

	/** As they are written, because 10.00 is not 10.0. */
	private static Stream<Map.Entry<String, String>> scalars(String name, Node node) {
		if (node instanceof MappingNode mapping) {
			return mapping.getValue().stream().flatMap((entry) -> scalars(inside(name, entry), entry.getValueNode()));
		}
		return Stream.of(Map.entry(name, (node instanceof ScalarNode scalar) ? scalar.getValue() : "a list"));
	}

	private static String inside(String name, NodeTuple entry) {
		String key = ((ScalarNode) entry.getKeyNode()).getValue();
		return name.isEmpty() ? key : name + "." + key;
	}

	private static Set<String> read() {
		return Checkout.classes(Checkout.modules())
			.stream()
			.filter((type) -> type.isAnnotatedWith(PROPERTIES))
			.flatMap((type) -> names(prefix(type), type))
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

	private static Stream<String> names(String prefix, JavaClass type) {
		return type.getFields()
			.stream()
			.filter((field) -> !field.getModifiers().contains(JavaModifier.STATIC))
			.flatMap((field) -> names(prefix, field));
	}

	private static Stream<String> names(String prefix, JavaField field) {
		String name = prefix + "." + field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
		JavaClass type = field.getRawType();
		boolean isGroup = type.getPackageName().startsWith("io.microplatform") && !type.isEnum();
		return isGroup ? names(name, type) : Stream.of(name);
	}

	private record Setting(String value, String file) {
	}

}

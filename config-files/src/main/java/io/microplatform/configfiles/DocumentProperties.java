package io.microplatform.configfiles;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The properties of one document, by their names as the config server makes them of
 * nested mappings and lists.
 *
 * @param values the values by the names
 */
record DocumentProperties(Map<String, Object> values) {

	/** Aliases of aliases make very much of very little. */
	private static final int MOST = 20_000;

	private static final String ACTIVATION = "spring.config.activate.onprofile";

	static DocumentProperties of(Map<?, ?> document) throws UnusableDocumentException {
		Map<String, Object> values = new TreeMap<>();
		flatten("", document, values, Collections.newSetFromMap(new IdentityHashMap<>()));
		return new DocumentProperties(values);
	}

	private static void flatten(String path, @Nullable Object value, Map<String, Object> values, Set<Object> above)
			throws UnusableDocumentException {
		boolean isNested = value instanceof Map || value instanceof Collection;
		if (isNested && !above.add(value)) {
			throw new UnusableDocumentException("has an alias inside of what it stands for, at " + path);
		}
		if (value instanceof Map<?, ?> nested) {
			for (Map.Entry<?, ?> entry : nested.entrySet()) {
				flatten(child(path, entry.getKey()), entry.getValue(), values, above);
			}
		}
		else if (value instanceof Collection<?> items) {
			int index = 0;
			for (Object item : items) {
				flatten(path + "[" + index++ + "]", item, values, above);
			}
		}
		else {
			values.put(path, (value != null) ? value : "");
		}
		if (isNested) {
			above.remove(value);
		}
		if (values.size() > MOST) {
			throw new UnusableDocumentException(String.format(Locale.ROOT, "has more than %d properties", MOST));
		}
	}

	private static String child(String path, @Nullable Object key) {
		String name = (key instanceof CharSequence text) ? text.toString() : "[" + key + "]";
		return (path.isEmpty() || name.startsWith("[")) ? path + name : path + "." + name;
	}

	Set<String> names() {
		return new TreeSet<>(this.values.keySet());
	}

	/**
	 * What the config server would take for an order to itself, and do or fail at,
	 * instead of serving it.
	 */
	@Nullable String problem() {
		for (Map.Entry<String, Object> property : this.values.entrySet()) {
			String name = property.getKey().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
			if (name.equals(ACTIVATION) || name.startsWith(ACTIVATION + "[")) {
				if (!new ProfileExpression(String.valueOf(property.getValue())).isWellFormed()) {
					return "has %s: %s, which is not an expression of profiles".formatted(property.getKey(),
							property.getValue());
				}
			}
			else if (isBelow("spring.config", name) || isBelow("spring.profiles", name)) {
				return "has %s, which cannot be served: profiles and sources are chosen where an instance starts"
					.formatted(property.getKey());
			}
		}
		return null;
	}

	private static boolean isBelow(String parent, String name) {
		return name.equals(parent) || name.startsWith(parent + ".") || name.startsWith(parent + "[");
	}

}

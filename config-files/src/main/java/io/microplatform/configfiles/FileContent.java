package io.microplatform.configfiles;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The content of a file of configuration.
 */
final class FileContent {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final byte[] bytes;

	FileContent(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * What keeps the config server, or a reader of what it serves, from reading it.
	 * @param isShared whether it is the file without which there is no version
	 * @return the first problem, in one line
	 */
	Optional<String> problem(boolean isShared) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(this.bytes);
		CharBuffer out = CharBuffer.allocate(this.bytes.length);
		CoderResult result = decoder.decode(in, out, true);
		if (result.isError()) {
			return Optional.of(String.format(Locale.ROOT, "line %d is not UTF-8", lineOf(in.position())));
		}
		String text = out.flip().toString();
		return Optional.ofNullable(problemOf(text, isShared));
	}

	private long lineOf(int position) {
		long line = 1;
		for (int i = 0; i < position; i++) {
			if (this.bytes[i] == '\n') {
				line++;
			}
		}
		return line;
	}

	private static @Nullable String problemOf(String text, boolean isShared) {
		@Nullable String character = forbiddenCharacter(text);
		if (character != null) {
			return character;
		}
		try {
			int properties = 0;
			for (Map<?, ?> document : documents(text)) {
				DocumentProperties all = DocumentProperties.of(document);
				@Nullable String problem = all.problem();
				if (problem != null) {
					return problem;
				}
				properties += all.names().size();
			}
			return (isShared && properties == 0) ? "has no properties" : null;
		}
		catch (UnusableDocumentException ex) {
			return ex.getMessage();
		}
		catch (MarkedYAMLException ex) {
			return String.format(Locale.ROOT, "line %d is not valid YAML: %s",
					(ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 1, inOneLine(ex.getProblem()));
		}
		catch (YAMLException | IllegalArgumentException ex) {
			return "is not valid YAML: " + inOneLine(ex.getMessage());
		}
	}

	private static @Nullable String forbiddenCharacter(String text) {
		int line = 1;
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int point = text.codePointAt(i);
			if (point == '\n') {
				line++;
			}
			if (!StreamReader.isPrintable(point)) {
				return String.format(Locale.ROOT, "line %d has the character U+%04X, which YAML does not allow", line,
						point);
			}
		}
		return null;
	}

	/** Those that are not empty. */
	private static List<Map<?, ?>> documents(String text) throws UnusableDocumentException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		String marked = (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) ? text.substring(1) : text;
		List<Map<?, ?>> documents = new ArrayList<>();
		for (@Nullable
		Object document : new Yaml(new SafeConstructor(options)).loadAll(marked)) {
			if (document instanceof Map<?, ?> properties) {
				documents.add(properties);
			}
			else if (document != null) {
				throw new UnusableDocumentException("has a document whose top is not a mapping of properties");
			}
		}
		return documents;
	}

	private static String inOneLine(@Nullable String message) {
		return String.valueOf(message).replaceAll("\\s+", " ").strip();
	}

}

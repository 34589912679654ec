package io.microplatform.starter.cache;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format of a value in Redis: a checksum of the key and of what follows, the version
 * of the value's type, a colon, and the value as JSON. An entry that is damaged, that was
 * written for another key, or that has another version is not a value: two releases of a
 * service that run side by side never read each other's entries unless they have the same
 * version. Thread-safe.
 *
 * @param <T> the type of the values
 */
final class EntryFormat<T> {

	private static final Logger log = LoggerFactory.getLogger(EntryFormat.class);

	private static final int CHECKSUM_LENGTH = 8;

	private final String version;

	private final ObjectWriter writer;

	private final ObjectReader reader;

	EntryFormat(Class<T> type, int version, JsonMapper json) {
		this.version = version + ":";
		this.writer = json.writerFor(type);
		this.reader = json.readerFor(type).with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
	}

	String write(String key, T value) {
		String text = this.version + this.writer.writeValueAsString(value);
		return checksum(key, text) + text;
	}

	Optional<T> read(String key, String entry) {
		String text = (entry.length() > CHECKSUM_LENGTH) ? entry.substring(CHECKSUM_LENGTH) : "";
		if (!entry.equals(checksum(key, text) + text)) {
			log.warn("Redis has a foreign or damaged entry under {}; it is replaced", key);
			return Optional.empty();
		}
		if (!text.startsWith(this.version)) {
			log.debug("The entry of {} has another version and is replaced", key);
			return Optional.empty();
		}
		try {
			@Nullable T value = this.reader.readValue(text.substring(this.version.length()));
			return Optional.ofNullable(value);
		}
		catch (JacksonException ex) {
			log.warn("The entry of {} is not a value of its version and is replaced", key, ex);
			return Optional.empty();
		}
	}

	private static String checksum(String key, String text) {
		CRC32C checksum = new CRC32C();
		checksum.update((key + "\n" + text).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) checksum.getValue());
	}

}

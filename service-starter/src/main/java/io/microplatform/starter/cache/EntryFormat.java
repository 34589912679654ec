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
 * A value as it lies in Redis: a checksum of its key and its JSON, then the JSON. What
 * was not written for this key by this service, or is damaged, is not a value; neither is
 * one that lacks a member because another version of the service has written it.
 * Thread-safe.
 *
 * @param <T> the type of the values
 */
final class EntryFormat<T> {

	private static final Logger log = LoggerFactory.getLogger(EntryFormat.class);

	private static final int CHECKSUM_LENGTH = 8;

	private final ObjectWriter writer;

	private final ObjectReader reader;

	EntryFormat(Class<T> type, JsonMapper json) {
		this.writer = json.writerFor(type);
		this.reader = json.readerFor(type).with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
	}

	String write(String key, T value) {
		String json = this.writer.writeValueAsString(value);
		return checksum(key, json) + json;
	}

	Optional<T> read(String key, String text) {
		if (text.length() <= CHECKSUM_LENGTH || !text.startsWith(checksum(key, text.substring(CHECKSUM_LENGTH)))) {
			log.warn("Redis has something under {} that this service has not written there; it is replaced", key);
			return Optional.empty();
		}
		try {
			@Nullable T value = this.reader.readValue(text.substring(CHECKSUM_LENGTH));
			return Optional.ofNullable(value);
		}
		catch (JacksonException ex) {
			log.debug("The value of {} is of another version", key, ex);
			return Optional.empty();
		}
	}

	private static String checksum(String key, String json) {
		CRC32C checksum = new CRC32C();
		checksum.update((key + "\n" + json).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) checksum.getValue());
	}

}

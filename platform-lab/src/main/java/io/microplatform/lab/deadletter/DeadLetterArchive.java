package io.microplatform.lab.deadletter;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.microplatform.lab.deadletter.LetterAction.Kind;
import io.microplatform.local.file.OwnerOnly;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Saves all dead letters, and the actions on them, to a file, and loads them into topics
 * that are empty. A loaded letter has its content, its time and its partition, but
 * another offset; the actions refer to the new one. Messages in the topic of actions that
 * are not actions are not saved. Every method throws {@link KafkaException} if the broker
 * does not answer within 10 seconds. Not thread-safe.
 */
public final class DeadLetterArchive implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final TopicReader reader;

	private final TopicWriter writer;

	/**
	 * Creates the access.
	 * @param connection client properties with the rights to read and write all topics of
	 * dead letters
	 */
	public DeadLetterArchive(Properties connection) {
		this.reader = new TopicReader(connection, TIMEOUT);
		this.writer = new TopicWriter(connection, TIMEOUT);
	}

	/**
	 * Saves the current content of the topics.
	 * @param file the file, which must not exist yet
	 * @return the number of letters
	 * @throws IOException if the file cannot be written
	 */
	public long save(Path file) throws IOException {
		try (Writer lines = new BufferedWriter(
				new OutputStreamWriter(new GZIPOutputStream(OwnerOnly.createFile(file)), StandardCharsets.UTF_8))) {
			long letters = 0;
			for (String topic : topics()) {
				letters += save(topic, lines);
			}
			// The actions come last: each of them finds its letter.
			save(DeadLetters.ACTIONS, lines);
			return letters;
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private List<String> topics() {
		return this.reader.topics().stream().filter((topic) -> topic.endsWith(DeadLetters.SUFFIX)).toList();
	}

	private long save(String topic, Writer lines) {
		long[] count = new long[1];
		this.reader.read(topic, (message) -> {
			try {
				lines.write(JSON.writeValueAsString(SavedMessage.of(message)) + "\n");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			count[0]++;
		});
		return count[0];
	}

	/**
	 * Loads a file. Letters of topics that do not exist are left out, with their actions.
	 * @param file the file
	 * @return what was loaded
	 * @throws IOException if the file cannot be read or is damaged; what was loaded by
	 * then stays
	 */
	public LoadedLetters load(Path file) throws IOException {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
				new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))), StandardCharsets.UTF_8))) {
			Load load = new Load();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				load.add(JSON.readValue(line, SavedMessage.class));
			}
			return new LoadedLetters(load.places.size(), load.skipped, load.discardedEvents);
		}
		catch (JacksonException ex) {
			throw new IOException(file + " is damaged: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void close() {
		this.reader.close();
		this.writer.close();
	}

	/** The letters that have been loaded so far. */
	private final class Load {

		private final Map<String, Integer> partitions = new HashMap<>();

		/** The new places by the old ones. */
		private final Map<String, String> places = new HashMap<>();

		private final Set<String> discardedEvents = new HashSet<>();

		private long skipped;

		private Load() {
			List<String> topics = topics();
			topics.forEach((topic) -> this.partitions.put(topic, DeadLetterArchive.this.reader.partitions(topic)));
		}

		void add(SavedMessage message) {
			if (message.topic().equals(DeadLetters.ACTIONS)) {
				LetterAction.of(message.bytes()).ifPresent((action) -> addAction(message, action));
				return;
			}
			@Nullable Integer count = this.partitions.get(message.topic());
			if (count == null) {
				this.skipped++;
				return;
			}
			RecordMetadata written = DeadLetterArchive.this.writer.write(message.record(count));
			this.places.put(message.place(),
					new LetterReference(written.topic(), written.partition(), written.offset()).toString());
		}

		private void addAction(SavedMessage message, LetterAction action) {
			if (action.kind() == Kind.DISCARDED) {
				Optional.ofNullable(action.eventId()).ifPresent(this.discardedEvents::add);
			}
			@Nullable String place = this.places.get(action.letter());
			if (place != null) {
				LetterAction moved = new LetterAction(action.kind(), place, action.letterAt(), action.at(),
						action.who(), action.eventId(), action.type());
				DeadLetterArchive.this.writer.write(
						message.with(place.getBytes(StandardCharsets.UTF_8), JSON.writeValueAsBytes(moved)).record(1));
			}
		}

	}

}

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.opensearch.action.admin.indices.stats.CommonStats;
import org.opensearch.action.admin.indices.stats.IndexStats;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.common.settings.Settings;
import org.opensearch.transport.client.IndicesAdminClient;

/**
 * Deletes the oldest indexes with log lines, as Elasticsearch does with the lifecycle
 * policy, which OpenSearch does not have: those of days that are too old, and the oldest
 * ones as long as all of them together are too large. A single index that is too large is
 * deleted even if lines are still added to it; the next line creates it again. A failed
 * run is reported; the next one repeats it.
 */
final class LogRetention implements Runnable {

	private static final String INDEXES = "platform-logs-*";

	/** The names sort by the day. */
	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'platform-logs-'uuuu.MM.dd",
			Locale.ROOT);

	private static final String AGE = "policy.phases.delete.min_age";

	private static final String SIZE = "policy._meta.max_size";

	private final IndicesAdminClient indexes;

	private final Duration age;

	private final long bytes;

	private LogRetention(IndicesAdminClient indexes, Duration age, long bytes) {
		this.indexes = indexes;
		this.age = age;
		this.bytes = bytes;
	}

	/**
	 * Reads the limits.
	 * @param policy the file with Elasticsearch's lifecycle policy, whose metadata contain
	 * the limit of the size
	 * @param indexes the client that deletes
	 */
	static LogRetention of(Path policy, IndicesAdminClient indexes) throws IOException {
		Settings limits = Settings.builder().loadFromPath(policy).build();
		if (limits.get(AGE) == null || limits.get(SIZE) == null) {
			throw new IllegalArgumentException("%s needs %s and %s".formatted(policy, AGE, SIZE));
		}
		return new LogRetention(indexes, Duration.ofMillis(limits.getAsTime(AGE, null).millis()),
				limits.getAsBytesSize(SIZE, null).getBytes());
	}

	@Override
	public void run() {
		try {
			deleteOld(sizes());
		}
		catch (RuntimeException ex) {
			System.err.println("The indexes could not be listed: " + ex);
		}
	}

	private void deleteOld(SortedMap<String, Long> sizes) {
		long total = sizes.values().stream().mapToLong(Long::longValue).sum();
		for (Map.Entry<String, Long> index : sizes.entrySet()) {
			if (isTooOld(index.getKey()) || total > this.bytes) {
				delete(index.getKey());
				total -= index.getValue();
			}
		}
	}

	/** An index that cannot be deleted does not keep others from being deleted. */
	private void delete(String index) {
		try {
			this.indexes.prepareDelete(index).get();
			System.out.println("Deleted index " + index);
		}
		catch (RuntimeException ex) {
			System.err.println("Index " + index + " could not be deleted: " + ex);
		}
	}

	private boolean isTooOld(String name) {
		try {
			LocalDate end = LocalDate.parse(name, NAME).plusDays(1);
			return end.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(Instant.now().minus(this.age));
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

	private SortedMap<String, Long> sizes() {
		SortedMap<String, Long> sizes = new TreeMap<>();
		this.indexes.prepareStats(INDEXES)
			.setIndicesOptions(IndicesOptions.lenientExpandOpen())
			.clear()
			.setStore(true)
			.setTranslog(true)
			.get()
			.getIndices()
			.forEach((name, index) -> sizes.put(name, size(index)));
		return sizes;
	}

	private static long size(IndexStats index) {
		CommonStats stats = index.getTotal();
		long stored = (stats.getStore() != null) ? stats.getStore().getSizeInBytes() : 0;
		long pending = (stats.getTranslog() != null) ? stats.getTranslog().getTranslogSizeInBytes() : 0;
		return stored + pending;
	}

}

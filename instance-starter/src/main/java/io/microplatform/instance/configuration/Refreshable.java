package io.microplatform.instance.configuration;

/**
 * Holds the current record of properties, which a new version of the configuration
 * replaces. Code that needs several properties for one decision reads the record once.
 * Thread-safe.
 *
 * @param <T> the record of properties, a type with {@link RefreshableProperties}
 */
public final class Refreshable<T extends Record> {

	private volatile T value;

	/**
	 * Holds a first record.
	 * @param value the record, which is valid
	 */
	public Refreshable(T value) {
		this.value = value;
	}

	/**
	 * Returns the current record.
	 * @return the record, all of one version of the configuration
	 */
	public T get() {
		return this.value;
	}

	void set(T changed) {
		this.value = changed;
	}

}

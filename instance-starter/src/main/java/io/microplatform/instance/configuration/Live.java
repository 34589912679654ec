package io.microplatform.instance.configuration;

/**
 * Properties as they are now. Whoever needs several of them for one decision asks once,
 * and decides by what it was given. Safe for use by several threads.
 *
 * @param <T> the record of properties, a type with {@link LiveProperties}
 */
public final class Live<T extends Record> {

	private volatile T value;

	/**
	 * Properties that have not changed so far.
	 * @param value the properties, valid
	 */
	public Live(T value) {
		this.value = value;
	}

	/**
	 * Returns the properties.
	 * @return all of one version of the configuration
	 */
	public T get() {
		return this.value;
	}

	void set(T changed) {
		this.value = changed;
	}

}

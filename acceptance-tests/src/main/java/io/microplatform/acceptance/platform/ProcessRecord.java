package io.microplatform.acceptance.platform;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What {@code ./platform up} notes about a process it started.
 *
 * @param name what it is an instance of
 * @param instance unique on the platform
 * @param pid its process id
 * @param port where it serves
 * @param managementPort where it is observed, when that is another port
 */
public record ProcessRecord(String name, String instance, long pid, int port, @Nullable Integer managementPort) {

	/**
	 * Where it is observed.
	 * @return the management port, else the only port there is
	 */
	public int observedAt() {
		return Objects.requireNonNullElse(this.managementPort, this.port);
	}

}

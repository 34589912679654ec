package io.microplatform.local.process;

import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A process of the platform, as its users see it.
 *
 * @param name what it is an instance of, such as {@code order-service}
 * @param instance unique on this machine's platform, such as {@code order-service-1}
 * @param port the port on which it serves; 0 if it does not serve
 * @param managementPort where it is observed, when that is another port
 * @param url where to reach it
 * @param readinessUrl answers 200 when it is ready; without one it is ready when it
 * accepts connections, or immediately if it has no port
 * @param configVersion the published configuration it was started with, if it takes any
 * @param release which version of its program it says it is, if there can be several
 */
public record Instance(String name, String instance, int port, @Nullable Integer managementPort, String url,
		@Nullable String readinessUrl, @Nullable String configVersion, @Nullable String release) {

	/** One of what has no releases. */
	public Instance(String name, String instance, int port, @Nullable Integer managementPort, String url,
			@Nullable String readinessUrl, @Nullable String configVersion) {
		this(name, instance, port, managementPort, url, readinessUrl, configVersion, null);
	}

	/** A server that is the only one of its kind and is reached by its own protocol. */
	public static Instance of(String name, int port, String scheme) {
		return new Instance(name, name, port, null, String.format(Locale.ROOT, "%s://127.0.0.1:%d", scheme, port), null,
				null);
	}

	/** The same as another release of its program. */
	public Instance withRelease(String other) {
		return new Instance(this.name, this.instance, this.port, this.managementPort, this.url, this.readinessUrl,
				this.configVersion, other);
	}

	public Stream<Integer> ports() {
		return Stream.concat(Stream.of(this.port), Stream.ofNullable(this.managementPort)).filter((port) -> port > 0);
	}

	/** Whether it answers at this moment. */
	public boolean answers() {
		return (this.readinessUrl != null) ? Http.isOk(this.readinessUrl)
				: this.port == 0 || Ports.isListening(this.port);
	}

}

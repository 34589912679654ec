package io.microplatform.image;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The choices that all images of a build have in common.
 *
 * @param directory the directory for runtimes, caches and layers, which later builds use
 * again
 * @param base the base image: a reference, or {@code tar:FILE}
 * @param bringsJava whether the base image contains the Java runtime
 * @param architecture {@code amd64} or {@code arm64}
 * @param jdk the JDK of that architecture from which the runtime is made; null for the
 * JDK of this JVM
 * @param isTrained whether images contain ahead-of-time caches
 * @param tag the tag of the images
 * @param environment the environment variables of the user, which contain the credentials
 * of the registry
 */
public record ImageSettings(Path directory, String base, boolean bringsJava, String architecture, @Nullable Path jdk,
		boolean isTrained, String tag, Map<String, String> environment) {

	/**
	 * The base image by default: libc, time zones and CA certificates, without a shell.
	 */
	public static final String DEFAULT_BASE = "gcr.io/distroless/base-nossl-debian12:nonroot";

	/** The architecture by default. */
	public static final String DEFAULT_ARCHITECTURE = "amd64";

	public ImageSettings {
		environment = Map.copyOf(environment);
	}

}

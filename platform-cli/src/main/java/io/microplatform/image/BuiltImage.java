package io.microplatform.image;

import org.jspecify.annotations.Nullable;

/**
 * An image that was written or pushed, as {@code images.json} lists it.
 *
 * @param name the name of the program
 * @param reference the image with its tag
 * @param digest the digest of the image, {@code sha256:...}
 * @param size the size of the archive in bytes; null if the image was pushed
 * @param base the base image
 * @param runtime the version of the Java runtime; {@code base} if it is that of the base
 * image
 * @param architecture {@code amd64} or {@code arm64}
 * @param trained whether it contains an ahead-of-time cache
 */
public record BuiltImage(String name, String reference, String digest, @Nullable Long size, String base, String runtime,
		String architecture, boolean trained) {
}

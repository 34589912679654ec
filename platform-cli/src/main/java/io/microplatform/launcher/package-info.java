/**
 * What runs before the platform is built. {@code ./platform} compiles these classes with
 * {@code javac} alone, so they use nothing but the JDK.
 */
@NullMarked
package io.microplatform.launcher;

import org.jspecify.annotations.NullMarked;

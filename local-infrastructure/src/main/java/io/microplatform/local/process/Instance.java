package io.microplatform.local.process;

import org.jspecify.annotations.Nullable;

/**
 * One process of the platform as its users see it.
 *
 * @param name what it is an instance of, such as {@code order-service}
 * @param instance unique on this machine's platform, such as {@code order-service-1}
 * @param port where it serves
 * @param managementPort where it is observed, when that is another port
 * @param url where to reach it
 */
public record Instance(String name, String instance, int port, @Nullable Integer managementPort, String url) {

}

package io.microplatform.starter.security;

import org.springframework.http.HttpMethod;

/**
 * A call that needs no token. A service declares each as a bean; every other call is
 * rejected without a valid token.
 *
 * @param method the HTTP method
 * @param path the path, exactly
 */
public record PublicEndpoint(HttpMethod method, String path) {
}

package io.microplatform.instance.configuration;

/**
 * Why a version of the configuration cannot be taken.
 *
 * @param property the name of the property in question
 * @param message what is wrong with it
 */
public record Problem(String property, String message) {
}

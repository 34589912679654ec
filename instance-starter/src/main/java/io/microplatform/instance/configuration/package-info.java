/**
 * How an instance comes by its configuration.
 */
@NullMarked
package io.microplatform.instance.configuration;

import org.jspecify.annotations.NullMarked;

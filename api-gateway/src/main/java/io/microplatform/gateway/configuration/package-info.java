@NullMarked
package io.microplatform.gateway.configuration;

import org.jspecify.annotations.NullMarked;

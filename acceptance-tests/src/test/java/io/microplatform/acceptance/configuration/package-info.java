@NullMarked
package io.microplatform.acceptance.configuration;

import org.jspecify.annotations.NullMarked;

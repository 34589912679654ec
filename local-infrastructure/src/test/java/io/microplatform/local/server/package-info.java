@NullMarked
package io.microplatform.local.server;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.microplatform.acceptance.audit;

import org.jspecify.annotations.NullMarked;

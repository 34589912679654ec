@NullMarked
package io.microplatform.lab.audit;

import org.jspecify.annotations.NullMarked;

/**
 * The management credential, and the actuator endpoints that require it.
 */
@NullMarked
package io.microplatform.instance.management;

import org.jspecify.annotations.NullMarked;

/**
 * Spring Boot Admin server that shows the actuators of all instances.
 */
@NullMarked
package io.microplatform.admin;

import org.jspecify.annotations.NullMarked;

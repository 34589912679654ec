/**
 * How much of a request Tomcat takes.
 */
@NullMarked
package io.microplatform.instance.tomcat;

import org.jspecify.annotations.NullMarked;

/**
 * The limits of a request at Tomcat.
 */
@NullMarked
package io.microplatform.instance.tomcat;

import org.jspecify.annotations.NullMarked;

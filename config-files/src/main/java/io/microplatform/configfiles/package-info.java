/**
 * The files of which a version of the configuration consists, wherever they come from.
 */
@NullMarked
package io.microplatform.configfiles;

import org.jspecify.annotations.NullMarked;

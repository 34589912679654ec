/**
 * Accounts, topics and rights on servers that another program runs, such as containers.
 */
@NullMarked
package io.microplatform.local.setup;

import org.jspecify.annotations.NullMarked;

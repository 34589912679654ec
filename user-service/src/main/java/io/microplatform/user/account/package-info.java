/**
 * People: who they are, how they register, what they may see of themselves.
 */
@NullMarked
package io.microplatform.user.account;

import org.jspecify.annotations.NullMarked;

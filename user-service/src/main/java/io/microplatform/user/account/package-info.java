/**
 * Users: registration, credentials, profiles and their administration.
 */
@NullMarked
package io.microplatform.user.account;

import org.jspecify.annotations.NullMarked;

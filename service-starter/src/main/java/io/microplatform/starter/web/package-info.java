/**
 * What all controllers share: JSON bodies in UTF-8, pages of lists, and preferences.
 */
@NullMarked
package io.microplatform.starter.web;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.microplatform.local.service;

import org.jspecify.annotations.NullMarked;

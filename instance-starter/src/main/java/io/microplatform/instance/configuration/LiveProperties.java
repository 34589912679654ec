package io.microplatform.instance.configuration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record of {@code @ConfigurationProperties} that may change while the instance
 * runs. Nobody can have such a record injected, which would be its first value for ever,
 * but only {@link Live} of it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface LiveProperties {

}

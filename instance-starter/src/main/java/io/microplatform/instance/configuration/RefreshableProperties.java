package io.microplatform.instance.configuration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@link org.springframework.boot.context.properties.ConfigurationProperties}
 * record whose properties may change at run time. Such a record cannot be injected, as it
 * would never change; a {@link Refreshable} of it is.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RefreshableProperties {

}

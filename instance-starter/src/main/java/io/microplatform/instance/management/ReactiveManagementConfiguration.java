package io.microplatform.instance.management;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Adds the {@link ManagementFilter} to the management port of a reactive instance.
 * Servlet instances use Spring Security instead.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public class ReactiveManagementConfiguration {

	@Bean
	ManagementFilter managementFilter(ManagementCredential credential) {
		return new ManagementFilter(credential);
	}

}

package io.microplatform.instance.tomcat;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.context.annotation.Bean;

/**
 * {@link RequestLimits} of an instance whose web server is Tomcat.
 */
@AutoConfiguration
@ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class RequestLimitsAutoConfiguration {

	@Bean
	RequestLimits requestLimits() {
		return new RequestLimits();
	}

}

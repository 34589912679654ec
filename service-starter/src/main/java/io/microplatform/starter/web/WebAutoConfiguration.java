package io.microplatform.starter.web;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@link AutoConfiguration} of what all controllers share. It rejects a request whose
 * body cannot be read, or whose answer the client does not accept, before it has an
 * effect.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class WebAutoConfiguration {

	@Bean
	ArgumentResolver waitPreferenceAsParameter() {
		return new WaitPreference.Resolver();
	}

	@Bean
	WebMvcConfigurer contentRules() {
		JsonNegotiation negotiation = new JsonNegotiation();
		return new WebMvcConfigurer() {

			@Override
			public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
				configurer.strategies(List.of(negotiation));
			}

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new ContentRules(negotiation));
			}

		};
	}

}

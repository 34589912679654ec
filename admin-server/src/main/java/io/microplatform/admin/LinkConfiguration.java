package io.microplatform.admin;

import java.util.List;
import java.util.Map;

import de.codecentric.boot.admin.server.ui.config.AdminServerUiProperties;
import de.codecentric.boot.admin.server.ui.web.UiController.ExternalView;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Adds links from the page to the other programs of the platform that are running. For
 * example, {@code platform.links.zipkin} is the URL of Zipkin.
 */
@Configuration(proxyBeanMethods = false)
class LinkConfiguration {

	private static final List<String> PROGRAMS = List.of("gateway", "prometheus", "grafana", "zipkin", "kibana",
			"registry");

	// Spring Boot Admin's own properties require a URL for each link.
	@Bean
	static BeanPostProcessor links(Environment environment) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof AdminServerUiProperties page) {
					addLinks(page, environment);
				}
				return bean;
			}

		};
	}

	private static void addLinks(AdminServerUiProperties page, Environment environment) {
		Map<String, String> links = Binder.get(environment)
			.bind("platform.links", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of());
		for (String program : PROGRAMS) {
			String url = links.getOrDefault(program, "");
			if (!url.isEmpty()) {
				page.getExternalViews()
					.add(new ExternalView(StringUtils.capitalize(program), url, PROGRAMS.indexOf(program), false,
							List.of()));
			}
		}
	}

}

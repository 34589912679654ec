package io.microplatform.starter.web;

import java.util.List;

import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A {@link HandlerMethodArgumentResolver} that registers itself when it is a bean.
 */
public interface ArgumentResolver extends HandlerMethodArgumentResolver, WebMvcConfigurer {

	@Override
	default void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(this);
	}

}

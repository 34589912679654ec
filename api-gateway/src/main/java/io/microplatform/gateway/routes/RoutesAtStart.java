package io.microplatform.gateway.routes;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * {@link ApplicationListener} that builds the routes at startup, which fails if they are
 * invalid. The framework's own listener is disabled (config-repo/api-gateway.yml).
 * {@link RouteRefresh} applies later changes.
 */
@Component
class RoutesAtStart implements ApplicationListener<ApplicationStartedEvent> {

	private final ApplicationEventPublisher events;

	RoutesAtStart(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent started) {
		this.events.publishEvent(new RefreshRoutesEvent(this));
	}

}

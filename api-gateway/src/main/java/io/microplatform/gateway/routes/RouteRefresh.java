package io.microplatform.gateway.routes;

import java.util.List;

import io.microplatform.instance.configuration.Problem;
import io.microplatform.instance.configuration.RefreshParticipant;
import io.microplatform.instance.configuration.VersionRefusedException;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.validation.Validator;

/**
 * {@link RefreshParticipant} that replaces the routes as a whole, after
 * {@link RouteCheck} has built each of them. The new routes are in use when the version
 * is applied. A request in progress keeps its route.
 */
@Component
class RouteRefresh implements RefreshParticipant {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(GatewayProperties.PREFIX);

	static final ConfigurationPropertyName ROUTES = PREFIX.append("routes");

	private final ConfiguredRoutes routes;

	private final RouteCheck check;

	private final Validator validator;

	private final ApplicationEventPublisher events;

	RouteRefresh(ConfiguredRoutes routes, RouteCheck check, @Qualifier("defaultValidator") Validator validator,
			ApplicationEventPublisher events) {
		this.routes = routes;
		this.check = check;
		this.validator = validator;
		this.events = events;
	}

	@Override
	public boolean handles(ConfigurationPropertyName property) {
		return ROUTES.equals(property) || ROUTES.isAncestorOf(property);
	}

	@Override
	public Runnable prepare(Binder candidate) throws VersionRefusedException {
		List<RouteDefinition> fresh = bind(candidate);
		List<Problem> problems = this.check.problems(fresh, this.routes.current());
		if (!problems.isEmpty()) {
			throw new VersionRefusedException(problems);
		}
		return () -> replaceWith(fresh);
	}

	/** Binds the routes as the framework does at startup. */
	private List<RouteDefinition> bind(Binder candidate) throws VersionRefusedException {
		try {
			return candidate
				.bindOrCreate(PREFIX.toString(), Bindable.of(GatewayProperties.class),
						new ValidationBindHandler(this.validator))
				.getRoutes();
		}
		catch (BindException ex) {
			throw new VersionRefusedException(Problem.allOf(ex));
		}
	}

	/** Keeps equal routes, because replacing them would empty the caches of filters. */
	private void replaceWith(List<RouteDefinition> fresh) {
		if (!fresh.equals(this.routes.current())) {
			this.routes.replaceWith(fresh);
			this.events.publishEvent(new RefreshRoutesEvent(this));
		}
	}

}

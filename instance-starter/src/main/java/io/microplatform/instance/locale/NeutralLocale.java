package io.microplatform.instance.locale;

import java.util.Locale;
import java.util.TimeZone;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Sets the language and time zone of the JVM before anything else starts, so that an
 * instance does the same on every machine: PostgreSQL's driver sends the zone, and
 * PostgreSQL refuses those that it does not know; digits and messages of libraries follow
 * the language.
 */
class NeutralLocale implements ApplicationListener<ApplicationStartingEvent>, Ordered {

	@Override
	public void onApplicationEvent(ApplicationStartingEvent event) {
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		Locale.setDefault(Locale.US);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}

package io.microplatform.instance.configuration;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A part of an instance in which changed properties take effect while it runs.
 */
interface LivePart {

	/**
	 * Whether a property takes effect here.
	 * @param property its name
	 * @return whether a change of it needs no restart, as far as this part is concerned
	 */
	boolean takes(ConfigurationPropertyName property);

	/**
	 * Checks everything that this part would take, and changes nothing yet.
	 * @param candidate the environment as it would be
	 * @return what makes it take effect; must not fail
	 * @throws RefusedException when a value is none that this part can take
	 */
	Runnable prepare(ConfigurableEnvironment candidate) throws RefusedException;

}

package io.microplatform.instance.configuration;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A part of an instance in which changed properties take effect without a restart. All
 * participants prepare a version before the first one applies it. All beans of this type
 * take part.
 */
public interface RefreshParticipant {

	/**
	 * Whether a change of a property takes effect here.
	 * @param property the name of the property
	 * @return {@code false} if the change needs a restart, as far as this part is
	 * concerned
	 */
	boolean handles(ConfigurationPropertyName property);

	/**
	 * Binds and validates the properties of a version, and changes nothing.
	 * @param candidate binds properties as they would be
	 * @return applies what was prepared; must not fail
	 * @throws VersionRefusedException when a value is invalid
	 */
	Runnable prepare(Binder candidate) throws VersionRefusedException;

}

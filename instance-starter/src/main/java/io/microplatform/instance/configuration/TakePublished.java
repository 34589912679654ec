package io.microplatform.instance.configuration;

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import org.springframework.cloud.bus.event.RemoteApplicationEvent;

/**
 * Asks instances, over the bus, to take the published version of the configuration. Names
 * no version: a message that comes late must not bring back an earlier one.
 */
@JsonIgnoreProperties({ "source", "timestamp" })
public class TakePublished extends RemoteApplicationEvent {

	private Set<String> instances = Set.of();

	/** For whoever reads it from the bus. */
	@SuppressWarnings("unused")
	private TakePublished() {
	}

	// Not public: the reader would take it for its own.
	private TakePublished(Object source, String origin, Set<String> instances) {
		super(source, origin, DEFAULT_DESTINATION_FACTORY.getDestination(null));
		this.instances = Set.copyOf(instances);
	}

	/**
	 * Asks some instances.
	 * @param source who asks
	 * @param origin the same, as the bus names it
	 * @param instances who is asked, as the registry names them
	 * @return the question
	 */
	public static TakePublished by(Object source, String origin, Set<String> instances) {
		return new TakePublished(source, origin, instances);
	}

	/**
	 * Who is asked.
	 * @return names as in the registry
	 */
	public Set<String> getInstances() {
		return this.instances;
	}

}

package io.microplatform.instance.balancer;

import java.util.Map;

import io.microplatform.instance.configuration.RefreshableProperties;
import io.microplatform.instance.registry.ReleaseProperties;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The weights of the releases of a service. An instance registers its release as
 * {@code release} in its metadata.
 * <p>
 * If a service has no weights, each instance gets the same share, whatever its release.
 * If it has, the balancer picks a release at random, in proportion to its weight, and
 * then an instance of that release. A release without an instance that is not ejected is
 * not picked. A release that is not listed has the weight 0. A release with the weight 0
 * gets requests only if no release with a weight has an instance.
 * <p>
 * The next attempt at a request stays within its release as long as that has an instance
 * that has not been tried and is not ejected. Then the balancer picks another release.
 * <p>
 * A request whose header names a release goes to that release only, whatever its weight.
 * Only the gateway reads the header.
 *
 * @param header the header by which a request names a release
 * @param weights the weights by service and release, from 0 to 100; in YAML, a release
 * with characters other than letters, digits and hyphens needs brackets
 * ({@code "[1.1]": 10})
 */
@Validated
@RefreshableProperties
@ConfigurationProperties("platform.traffic")
public record TrafficProperties(@NotNull @Pattern(regexp = "[A-Za-z][A-Za-z0-9-]{0,63}") String header,
		@DefaultValue Map<String, Map<@Pattern(
				regexp = ReleaseProperties.PATTERN) String, @NotNull @Min(0) @Max(100) Integer>> weights) {

	/** The weights of the releases of a service, empty if it has none. */
	Map<String, Integer> weightsOf(String service) {
		return this.weights.getOrDefault(service, Map.of());
	}

	@AssertTrue(message = "platform.traffic.weights must have, for each service, a release with a weight above 0")
	boolean isSomethingOfEachServiceWeighed() {
		return this.weights.values()
			.stream()
			.allMatch((releases) -> releases.values().stream().anyMatch((weight) -> weight != null && weight > 0));
	}

}

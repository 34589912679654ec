package io.microplatform.instance.balancer;

import java.util.Map;

import io.microplatform.instance.configuration.LiveProperties;
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
 * How requests are shared among the releases of a service, which its instances carry as
 * {@code release} in the registry's metadata.
 * <p>
 * A service that has no weights: each of its instances gets the same share, whatever its
 * release. One that has: each request first chooses a release by chance, as the weights
 * are to each other, among those of which there is an instance that is not left out; and
 * then an instance of that release as usual. A release that is not listed weighs 0, and
 * what weighs 0 gets nothing, unless no release that weighs more has such an instance:
 * then all instances are used. Those left out are considered only when all are.
 * <p>
 * Another attempt at a request stays within its release while that has an instance which
 * has not been tried and is not left out; then a release is chosen anew.
 * <p>
 * A request that names a release in the header goes to that release and no other, however
 * often it is tried, and whatever the release weighs. Only the gateway looks at the
 * header.
 *
 * @param header by which a request names the release that it must go to
 * @param weights by service and release, from 0 to 100 each; a key with other characters
 * than letters, digits and hyphens needs brackets in YAML ({@code "[1.1]": 10})
 */
@Validated
@LiveProperties
@ConfigurationProperties("platform.traffic")
public record TrafficProperties(@NotNull @Pattern(regexp = "[A-Za-z][A-Za-z0-9-]{0,63}") String header,
		@DefaultValue Map<String, Map<@Pattern(
				regexp = ReleaseProperties.PATTERN) String, @NotNull @Min(0) @Max(100) Integer>> weights) {

	/** The weights of a service's releases; none when it has none. */
	Map<String, Integer> weightsOf(String service) {
		return this.weights.getOrDefault(service, Map.of());
	}

	@AssertTrue(message = "platform.traffic.weights must name, for each service, a release that weighs more than 0")
	boolean isSomethingOfEachServiceWeighed() {
		return this.weights.values()
			.stream()
			.allMatch((releases) -> releases.values().stream().anyMatch((weight) -> weight != null && weight > 0));
	}

}

package io.microplatform.gateway.limit;

import java.util.List;
import java.util.Map;

import io.microplatform.instance.configuration.RefreshableProperties;
import io.microplatform.instance.limit.Limit;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the rate limits of clients.
 *
 * @param enabled whether requests are limited
 * @param perUser the limit of each user with a valid token, over all routes without a
 * limit of their own
 * @param perAddress the limit of each client address without a valid token, over all
 * routes without a limit of their own
 * @param routes the limits of single routes, by route id
 * @param trustedProxies the addresses or CIDR ranges of the proxies whose
 * {@code X-Forwarded-For} names the client
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.rate-limits")
record RateLimitProperties(@DefaultValue("true") boolean enabled,
		@NotNull @Valid @NestedConfigurationProperty Limit perUser,
		@NotNull @Valid @NestedConfigurationProperty Limit perAddress,
		@DefaultValue Map<@Pattern(regexp = RateLimitProperties.ROUTE) String, @NotNull @Valid RouteLimit> routes,
		@DefaultValue List<AddressRange> trustedProxies) {

	/** The ids that can be quoted in a header and used in a key. */
	static final String ROUTE = "[A-Za-z0-9._-]{1,64}";

	private static final String ALL_USERS = "per-user";

	private static final String ALL_ADDRESSES = "per-address";

	private static final String VERIFICATIONS = "verifications";

	/**
	 * Returns whether a route is limited by client address only, regardless of the token:
	 * the route has its own limit per address, and none per user.
	 */
	boolean isPerAddressOnly(String route) {
		RouteLimit own = this.routes.get(route);
		return own != null && own.perAddress() != null && own.perUser() == null;
	}

	/** Returns the limit of a user at a route. */
	AppliedLimit ofUser(String route, String user) {
		RouteLimit own = this.routes.get(route);
		return (own != null && own.perUser() != null) ? new AppliedLimit(route, user, own.perUser())
				: new AppliedLimit(ALL_USERS, user, this.perUser);
	}

	/** Returns the limit of an address at a route. */
	AppliedLimit ofAddress(String route, String address) {
		RouteLimit own = this.routes.get(route);
		return (own != null && own.perAddress() != null) ? new AppliedLimit(route, address, own.perAddress())
				: new AppliedLimit(ALL_ADDRESSES, address, this.perAddress);
	}

	/**
	 * Returns the limit of the verifications of unknown tokens from an address. It is
	 * separate from that of requests, so that requests without a valid token do not use
	 * it up for users at the same address.
	 */
	AppliedLimit ofVerifications(String address) {
		return new AppliedLimit(VERIFICATIONS, address, this.perAddress);
	}

	/**
	 * The limits of one route, which replace the shared limits.
	 *
	 * @param perUser the limit of each user, {@code null} for the shared one
	 * @param perAddress the limit of each client address, {@code null} for the shared one
	 */
	record RouteLimit(@Valid @Nullable Limit perUser, @Valid @Nullable Limit perAddress) {

	}

}

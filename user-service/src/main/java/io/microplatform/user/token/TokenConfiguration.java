package io.microplatform.user.token;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Map;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.security.PublicEndpoint;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

	private static final String SECRET = "platform.tokens.secret";

	/** As many characters as the cipher's key has bytes. */
	private static final int MIN_SECRET_LENGTH = 32;

	@Bean
	static RequiredSecret signingSecret() {
		return new RequiredSecret(SECRET, MIN_SECRET_LENGTH);
	}

	@Bean
	SigningKeys signingKeys(JdbcClient jdbc, PlatformTransactionManager transactions,
			@Value("${" + SECRET + "}") String secret, Clock clock, FlywayMigrationInitializer tablesFirst)
			throws GeneralSecurityException {
		return new SigningKeys(jdbc, new TransactionTemplate(transactions), new KeyCipher(secret), clock);
	}

	@Bean
	TokenIssuer tokenIssuer(SigningKeys keys, TokenProperties claims, Refreshable<SigningProperties> properties,
			Clock clock) {
		return new TokenIssuer(keys, claims, properties, clock);
	}

	/** This service needs no network to verify what it signed itself. */
	@Bean
	JWKSource<SecurityContext> ownKeys(SigningKeys keys) {
		return (selector, context) -> selector.select(keys.publicKeys());
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new DelegatingPasswordEncoder("bcrypt",
				Map.of("bcrypt", new BCryptPasswordEncoder(BCryptPasswordEncoder.BCryptVersion.$2B)));
	}

	@Bean
	PublicEndpoint registration() {
		return new PublicEndpoint(HttpMethod.POST, "/users");
	}

	@Bean
	PublicEndpoint login() {
		return new PublicEndpoint(HttpMethod.POST, "/login");
	}

	@Bean
	PublicEndpoint publicKeys() {
		return new PublicEndpoint(HttpMethod.GET, "/internal/jwks");
	}

}

package io.microplatform.user.token;

import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The keys that sign tokens, stored encrypted in the database: every instance signs with
 * the same key, and tokens stay valid over restarts. The first instance creates the first
 * key; a lock makes sure that there is only one.
 */
final class SigningKeys {

	/** Any number will do, as long as nothing else in the database locks it. */
	private static final long LOCK = 0x6B657973L;

	private final JdbcClient jdbc;

	private final KeyCipher cipher;

	private final Clock clock;

	private final List<ECKey> newestFirst;

	private final JWKSet publicKeys;

	SigningKeys(JdbcClient jdbc, TransactionOperations transaction, KeyCipher cipher, Clock clock) {
		this.jdbc = jdbc;
		this.cipher = cipher;
		this.clock = clock;
		this.newestFirst = transaction.execute((status) -> loadOrCreate());
		this.publicKeys = new JWKSet(List.copyOf(this.newestFirst)).toPublicJWKSet();
	}

	ECKey current() {
		return this.newestFirst.getFirst();
	}

	/** The public halves, as published to the other services. */
	JWKSet publicKeys() {
		return this.publicKeys;
	}

	private List<ECKey> loadOrCreate() {
		this.jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query((row) -> {
		});
		List<ECKey> keys = load();
		if (keys.isEmpty()) {
			create();
			keys = load();
		}
		return keys;
	}

	private List<ECKey> load() {
		return this.jdbc.sql("select kid, encrypted_private_jwk from signing_key order by created_at desc, kid")
			.query((row, number) -> decrypt(row.getString("kid"), row.getBytes("encrypted_private_jwk")))
			.list();
	}

	private void create() {
		try {
			ECKey key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString())
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.ES256)
				.generate();
			this.jdbc.sql("""
					insert into signing_key (kid, public_jwk, encrypted_private_jwk, created_at)
					values (:kid, :public, :private, :now)""")
				.param("kid", key.getKeyID())
				.param("public", key.toPublicJWK().toJSONString())
				.param("private", this.cipher.encrypt(key.getKeyID(), key.toJSONString()))
				.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
				.update();
		}
		catch (JOSEException | GeneralSecurityException ex) {
			throw new IllegalStateException("No signing key could be made", ex);
		}
	}

	private ECKey decrypt(String kid, byte[] encrypted) {
		try {
			return ECKey.parse(this.cipher.decrypt(kid, encrypted));
		}
		catch (GeneralSecurityException | ParseException ex) {
			throw new IllegalStateException("The signing key " + kid
					+ " cannot be decrypted: platform.tokens.secret is not the one it was" + " encrypted with", ex);
		}
	}

}

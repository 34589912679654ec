package io.microplatform.acceptance.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.lab.platform.TargetPlatform;

/**
 * Creates tokens signed with the platform's own key, which differ from a valid token only
 * in the changed claims.
 */
final class TokenForge {

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SignedJWT genuine;

	private final ECKey key;

	private TokenForge(SignedJWT genuine, ECKey key) {
		this.genuine = genuine;
		this.key = key;
	}

	static TokenForge of(TargetPlatform platform, String genuineToken) {
		try {
			SignedJWT genuine = SignedJWT.parse(genuineToken);
			return new TokenForge(genuine, signingKey(platform, genuine.getHeader().getKeyID()));
		}
		catch (SQLException | GeneralSecurityException | ParseException ex) {
			throw new IllegalStateException("cannot read the platform's signing key", ex);
		}
	}

	private static ECKey signingKey(TargetPlatform platform, String kid)
			throws SQLException, GeneralSecurityException, ParseException {
		try (Connection database = platform.connect("user_service");
				PreparedStatement query = database
					.prepareStatement("select encrypted_private_jwk from signing_key where kid = ?")) {
			query.setString(1, kid);
			try (ResultSet row = query.executeQuery()) {
				if (!row.next()) {
					throw new SQLException("no signing_key " + kid);
				}
				return ECKey.parse(decrypt(platform.secret("PLATFORM_TOKENS_SECRET"), kid, row.getBytes(1)));
			}
		}
	}

	private static String decrypt(String secret, String kid, byte[] encrypted) throws GeneralSecurityException {
		byte[] key = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"),
				new GCMParameterSpec(TAG_BITS, encrypted, 0, NONCE_BYTES));
		cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
		byte[] plain = cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
		return new String(plain, StandardCharsets.UTF_8);
	}

	/** Returns the public key of the platform. */
	ECKey publicKey() {
		return this.key.toPublicJWK();
	}

	JWTClaimsSet claims() {
		try {
			return this.genuine.getJWTClaimsSet();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a token with the header and changed claims of the genuine one, signed with
	 * the platform's key.
	 */
	String withClaims(Consumer<JWTClaimsSet.Builder> change) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(claims());
		change.accept(claims);
		return signed(this.genuine.getHeader(), claims.build(), ecSigner(this.key));
	}

	/**
	 * Returns a token with the claims of the genuine one and another header and
	 * signature.
	 */
	String signedBy(JWSHeader header, JWSSigner signer) {
		return signed(header, claims(), signer);
	}

	JWSHeader header() {
		return this.genuine.getHeader();
	}

	static JWSSigner ecSigner(ECKey key) {
		try {
			return new ECDSASigner(key);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Date inMinutes(int minutes) {
		return Date.from(Instant.now().plusSeconds(minutes * 60L));
	}

	private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
		try {
			SignedJWT token = new SignedJWT(header, claims);
			token.sign(signer);
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

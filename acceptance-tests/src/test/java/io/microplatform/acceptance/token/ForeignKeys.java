package io.microplatform.acceptance.token;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/**
 * Tokens with valid claims that are signed with other keys than the platform's.
 */
final class ForeignKeys {

	private static final int RSA_BITS = 2048;

	private static final int HMAC_BITS = 256;

	private final TokenForge forge;

	private final String kid;

	ForeignKeys(TokenForge forge) {
		this.forge = forge;
		this.kid = forge.header().getKeyID();
	}

	Stream<BadToken> tokens() throws JOSEException {
		ECKey publicKey = this.forge.publicKey();
		ECKey own = new ECKeyGenerator(Curve.P_256).keyID(this.kid).generate();
		JWSSigner ownSigner = TokenForge.ecSigner(own);
		JWSHeader withOwnKeyInside = new JWSHeader.Builder(this.forge.header()).jwk(own.toPublicJWK()).build();
		JWSHeader unknownKid = new JWSHeader.Builder(this.forge.header()).keyID("unknown").build();
		JWSHeader noKid = new JWSHeader.Builder(JWSAlgorithm.ES256).build();
		return Stream.of(BadToken.of("another ES256 key under the same kid", sign(this.forge.header(), ownSigner)),
				BadToken.of("another ES256 key that the token brings along", sign(withOwnKeyInside, ownSigner)),
				BadToken.of("another ES256 key under an unknown kid", sign(unknownKid, ownSigner)),
				BadToken.of("another ES256 key without a kid", sign(noKid, ownSigner)),
				BadToken.of("RS256",
						sign(header(JWSAlgorithm.RS256), new RSASSASigner(new RSAKeyGenerator(RSA_BITS).generate()))),
				BadToken.of("HS256 with the public key's JSON as the secret",
						hs256(publicKey.toJSONString().getBytes(StandardCharsets.UTF_8))),
				BadToken.of("HS256 with the public key's DER as the secret",
						hs256(publicKey.toECPublicKey().getEncoded())),
				BadToken.of("HS256 with the public key's x as the secret", hs256(publicKey.getX().decode())),
				BadToken.of("HS256 with a random secret",
						hs256(new OctetSequenceKeyGenerator(HMAC_BITS).generate().toByteArray())));
	}

	private String hs256(byte[] secret) throws JOSEException {
		return sign(header(JWSAlgorithm.HS256), new MACSigner(secret));
	}

	private String sign(JWSHeader header, JWSSigner signer) {
		return this.forge.signedBy(header, signer);
	}

	private JWSHeader header(JWSAlgorithm algorithm) {
		return new JWSHeader.Builder(algorithm).keyID(this.kid).type(this.forge.header().getType()).build();
	}

}

package io.microplatform.starter.security;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RememberedSignaturesTests {

	private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);

	private static final byte[] SIGNED = "header.claims".getBytes(StandardCharsets.UTF_8);

	private final ECKey key = generate();

	private final Counting counting = new Counting();

	private final RememberedSignatures signatures = new RememberedSignatures(2, this.counting);

	@Test
	void aGoodSignatureIsVerifiedOnce() throws JOSEException {
		Base64URL signature = sign(this.key, SIGNED);
		assertThat(verify(this.key, SIGNED, signature)).isTrue();
		assertThat(verify(this.key, SIGNED, signature)).isTrue();
		assertThat(this.counting.verified).isOne();
	}

	@Test
	void aBadOneIsRefusedEachTime() throws JOSEException {
		Base64URL foreign = sign(generate(), SIGNED);
		assertThat(verify(this.key, SIGNED, foreign)).isFalse();
		assertThat(verify(this.key, SIGNED, foreign)).isFalse();
		assertThat(this.counting.verified).isEqualTo(2);
	}

	@Test
	void whatIsRememberedHoldsForThisTextAndThisKeyOnly() throws JOSEException {
		Base64URL signature = sign(this.key, SIGNED);
		verify(this.key, SIGNED, signature);
		assertThat(verify(this.key, "header.others".getBytes(StandardCharsets.UTF_8), signature)).isFalse();
		assertThat(verify(generate(), SIGNED, signature)).isFalse();
	}

	@Test
	void theOneNotUsedForLongestIsForgotten() throws JOSEException {
		byte[][] texts = { { 1 }, { 2 }, { 3 } };
		Base64URL first = sign(this.key, texts[0]);
		verify(this.key, texts[0], first);
		verify(this.key, texts[1], sign(this.key, texts[1]));
		verify(this.key, texts[2], sign(this.key, texts[2]));
		assertThat(verify(this.key, texts[0], first)).isTrue();
		assertThat(this.counting.verified).isEqualTo(4);
	}

	private boolean verify(ECKey by, byte[] signed, Base64URL signature) throws JOSEException {
		return this.signatures.createJWSVerifier(HEADER, by.toECPublicKey()).verify(HEADER, signed, signature);
	}

	private static Base64URL sign(ECKey key, byte[] text) throws JOSEException {
		return new ECDSASigner(key).sign(HEADER, text);
	}

	private static ECKey generate() {
		try {
			return new ECKeyGenerator(Curve.P_256).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Counts how often a signature is really verified. */
	private static final class Counting extends DefaultJWSVerifierFactory {

		private int verified;

		@Override
		public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
			JWSVerifier verifier = super.createJWSVerifier(header, key);
			return new JWSVerifier() {

				@Override
				public Set<JWSAlgorithm> supportedJWSAlgorithms() {
					return verifier.supportedJWSAlgorithms();
				}

				@Override
				public JCAContext getJCAContext() {
					return verifier.getJCAContext();
				}

				@Override
				public boolean verify(JWSHeader of, byte[] signingInput, Base64URL signature) throws JOSEException {
					Counting.this.verified++;
					return verifier.verify(of, signingInput, signature);
				}

			};
		}

	}

}

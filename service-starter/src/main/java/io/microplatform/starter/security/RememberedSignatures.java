package io.microplatform.starter.security;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;

import org.springframework.util.ConcurrentLruCache;

/**
 * A {@link JWSVerifierFactory} whose verifiers verify a signature with a key once and
 * cache valid ones: a client sends the same token with every request, and verifying ES256
 * costs more CPU time than everything else that a small request does. Whether a key made
 * a signature never changes; which keys are trusted, and what the token says, is checked
 * each time. Bad signatures are not remembered. Thread-safe.
 */
final class RememberedSignatures extends DefaultJWSVerifierFactory {

	private final JWSVerifierFactory verifiers;

	private final ConcurrentLruCache<ByteBuffer, Boolean> good;

	/**
	 * A factory that remembers nothing yet.
	 * @param most the maximum number of remembered signatures, those used last; each
	 * takes about 200 bytes
	 */
	RememberedSignatures(int most) {
		this(most, new DefaultJWSVerifierFactory());
	}

	RememberedSignatures(int most, JWSVerifierFactory verifiers) {
		this.verifiers = verifiers;
		this.good = new ConcurrentLruCache<>(most, (signature) -> true);
	}

	@Override
	public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
		return new Verifier(this.verifiers.createJWSVerifier(header, key), key);
	}

	private static ByteBuffer digest(Key key, byte[] signed, Base64URL signature) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (byte[] part : new byte[][] { key.getEncoded(), signed, signature.decode() }) {
				// With its length, so that no two triples run together to the same bytes.
				digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
				digest.update(part);
			}
			return ByteBuffer.wrap(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex); // every Java platform has it
		}
	}

	/** The verifier of one key. */
	private final class Verifier extends BaseJWSProvider implements JWSVerifier {

		private final JWSVerifier delegate;

		private final Key key;

		Verifier(JWSVerifier delegate, Key key) {
			super(delegate.supportedJWSAlgorithms());
			this.delegate = delegate;
			this.key = key;
		}

		@Override
		public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
			ByteBuffer digest = digest(this.key, signingInput, signature);
			boolean verified = RememberedSignatures.this.good.contains(digest)
					|| this.delegate.verify(header, signingInput, signature);
			// Marks a known signature as used, and remembers a new one.
			return verified && RememberedSignatures.this.good.get(digest);
		}

	}

}

package io.microplatform.starter.security;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;

import org.springframework.util.ConcurrentLruCache;

/**
 * Verifies a signature by a key once, and remembers that it is good: a user sends the
 * same token with every request, and verifying ES256 costs more CPU time than all else
 * that a small request does. Whether a key made a signature never changes, so that what
 * is remembered cannot grow stale: which keys are trusted, and what the token says, is
 * judged anew each time. Bad signatures are not remembered. Thread-safe.
 */
final class RememberedSignatures implements JWSVerifierFactory {

	private final JWSVerifierFactory verifiers;

	private final ConcurrentLruCache<ByteBuffer, Boolean> good;

	/**
	 * Remembers nothing yet.
	 * @param most how many signatures it remembers, the ones used last; each takes about
	 * 200 bytes
	 */
	RememberedSignatures(int most) {
		this(most, new DefaultJWSVerifierFactory());
	}

	RememberedSignatures(int most, JWSVerifierFactory verifiers) {
		this.verifiers = verifiers;
		this.good = new ConcurrentLruCache<>(most, (signature) -> true);
	}

	@Override
	public Set<JWSAlgorithm> supportedJWSAlgorithms() {
		return this.verifiers.supportedJWSAlgorithms();
	}

	@Override
	public JCAContext getJCAContext() {
		return this.verifiers.getJCAContext();
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

	/** Of one key. */
	private final class Verifier implements JWSVerifier {

		private final JWSVerifier delegate;

		private final Key key;

		Verifier(JWSVerifier delegate, Key key) {
			this.delegate = delegate;
			this.key = key;
		}

		@Override
		public Set<JWSAlgorithm> supportedJWSAlgorithms() {
			return this.delegate.supportedJWSAlgorithms();
		}

		@Override
		public JCAContext getJCAContext() {
			return this.delegate.getJCAContext();
		}

		@Override
		public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
			ByteBuffer digest = digest(this.key, signingInput, signature);
			boolean verified = RememberedSignatures.this.good.contains(digest)
					|| this.delegate.verify(header, signingInput, signature);
			// Of a good one, whose use counts; of a new one, from now on.
			return verified && RememberedSignatures.this.good.get(digest);
		}

	}

}

package io.microplatform.user.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.util.ByteUtils;

/**
 * AES-256-GCM for signing keys at rest: 12 bytes of nonce, then the ciphertext with its
 * tag of 16 bytes, bound to the key's id so that rows cannot be exchanged. The AES key is
 * the SHA-256 of the secret, which is random and long and hence needs no stretching.
 * Thread-safe.
 */
final class KeyCipher {

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final SecretKeySpec key;

	KeyCipher(String secret) throws GeneralSecurityException {
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
		this.key = new SecretKeySpec(digest, "AES");
	}

	byte[] encrypt(String keyId, String plain) throws GeneralSecurityException {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keyId, nonce).doFinal(plain.getBytes(StandardCharsets.UTF_8));
		return ByteUtils.concat(nonce, sealed);
	}

	/**
	 * Decrypts what {@link #encrypt} made.
	 * @throws GeneralSecurityException when it was made with another secret or for
	 * another key id, or has been altered
	 */
	String decrypt(String keyId, byte[] encrypted) throws GeneralSecurityException {
		byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
		byte[] plain = cipher(Cipher.DECRYPT_MODE, keyId, nonce).doFinal(encrypted, NONCE_BYTES,
				encrypted.length - NONCE_BYTES);
		return new String(plain, StandardCharsets.UTF_8);
	}

	private Cipher cipher(int mode, String keyId, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}

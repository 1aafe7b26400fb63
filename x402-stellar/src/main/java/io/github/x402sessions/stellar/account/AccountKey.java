package io.github.x402sessions.stellar.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.stellar.sdk.KeyPair;
import org.stellar.sdk.StrKey;

/**
 * The key of an account, from which other secrets can be derived. Never shows itself.
 * Thread-safe.
 */
public final class AccountKey implements AccountSigner {

	private static final String MAC = "HmacSHA256";

	private final KeyPair keyPair;

	private final byte[] seed;

	private final String address;

	private AccountKey(KeyPair keyPair, byte[] seed) {
		this.keyPair = keyPair;
		this.seed = seed;
		this.address = keyPair.getAccountId();
	}

	/**
	 * Read a key.
	 * @param secret the secret seed, {@code S…}
	 * @return the key
	 * @throws IllegalArgumentException if it is not a secret seed; the message does not
	 * repeat it
	 */
	public static AccountKey of(String secret) {
		try {
			return new AccountKey(KeyPair.fromSecretSeed(secret), StrKey.decodeEd25519SecretSeed(secret.toCharArray()));
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("not a secret seed");
		}
	}

	/**
	 * Make a new key.
	 * @return a random key
	 */
	public static AccountKey random() {
		return of(randomSecret());
	}

	/**
	 * Make a new secret.
	 * @return a random secret seed, {@code S…}
	 */
	public static String randomSecret() {
		return new String(KeyPair.random().getSecretSeed());
	}

	/**
	 * Return the public key that belongs to a private one.
	 * @param seed 32 bytes
	 * @return 32 bytes, as RFC 8032 encodes a point
	 */
	public static byte[] publicKeyOf(byte[] seed) {
		return KeyPair.fromSecretSeed(seed).getPublicKey();
	}

	/**
	 * Return the account that belongs to a public key.
	 * @param publicKey 32 bytes, as RFC 8032 encodes a point
	 * @return the address, {@code G…}
	 */
	public static String addressOf(byte[] publicKey) {
		return StrKey.encodeEd25519PublicKey(publicKey);
	}

	/**
	 * Tell whether an account's own key has signed a hash.
	 * @param address the account's address, {@code G…}
	 * @param hash the hash, as it is
	 * @param signature the signature
	 * @return whether it did; false for anything that is no signature or account
	 */
	public static boolean isSignedBy(String address, byte[] hash, byte[] signature) {
		try {
			return KeyPair.fromAccountId(address).verify(hash, signature);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	@Override
	public String address() {
		return this.address;
	}

	/**
	 * Derive a secret of its own for a purpose.
	 * @param purpose the purpose's name
	 * @return 32 bytes that nobody can tell without this key
	 */
	public byte[] derive(String purpose) {
		try {
			Mac mac = Mac.getInstance(MAC);
			mac.init(new SecretKeySpec(this.seed, MAC));
			return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(MAC + " is part of every Java platform", ex);
		}
	}

	/**
	 * Derive the key of an account of its own for a purpose.
	 * @param purpose the purpose's name
	 * @return a key that nobody can tell without this one
	 */
	public AccountKey derived(String purpose) {
		byte[] derived = derive(purpose);
		return new AccountKey(KeyPair.fromSecretSeed(derived), derived);
	}

	/**
	 * Sign a hash.
	 * @param hash the hash, as it is
	 * @return the ed25519 signature, 64 bytes
	 */
	public byte[] sign(byte[] hash) {
		return this.keyPair.sign(hash);
	}

	@Override
	public byte[] sign(byte[] hash, SigningPurpose purpose) {
		return sign(hash);
	}

	@Override
	public String toString() {
		return "AccountKey[" + address() + "]";
	}

}

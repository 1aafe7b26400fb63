package io.github.x402sessions.facilitator.key;

import java.security.SecureRandom;
import java.time.Duration;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a signer that fails from holding those who wait for it, and the channels that
 * they have: from a failure on nobody is let through, until it signs what one thread
 * tries it with, one time after the other. That is no transaction but random, and its
 * signature is thrown away. Thread-safe.
 */
final class GuardedSigner implements AccountSigner, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(GuardedSigner.class);

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Duration PAUSE = Duration.ofMillis(500);

	private static final int HASH_BYTES = 32;

	private final AccountSigner signer;

	private final PeriodicTask probes = PeriodicTask.every("x402-signer", PAUSE, this::probe);

	private volatile boolean failing;

	private GuardedSigner(AccountSigner signer) {
		this.signer = signer;
	}

	/**
	 * Guard a signer.
	 * @param signer the signer, whose calls have a bound
	 */
	static GuardedSigner of(AccountSigner signer) {
		GuardedSigner guarded = new GuardedSigner(signer);
		guarded.probes.start(PAUSE);
		return guarded;
	}

	@Override
	public String address() {
		return this.signer.address();
	}

	/**
	 * Tell whether the last signature that was asked for did not come.
	 */
	boolean isFailing() {
		return this.failing;
	}

	@Override
	public byte[] sign(byte[] hash, SigningPurpose purpose) {
		if (this.failing) {
			throw new SigningException("whoever signs for " + address() + " has failed and is not asked now", null);
		}
		try {
			return this.signer.sign(hash, purpose);
		}
		catch (SigningException ex) {
			if (!this.failing) {
				logger.error("Nothing is signed for {} until a try succeeds: {}", address(), ex.getMessage());
			}
			this.failing = true;
			throw ex;
		}
	}

	private void probe() {
		if (!this.failing) {
			return;
		}
		byte[] hash = new byte[HASH_BYTES];
		RANDOM.nextBytes(hash);
		try {
			this.signer.sign(hash, SigningPurpose.TRANSFER);
			this.failing = false;
			logger.info("Signatures of {} come again", address());
		}
		catch (SigningException ex) {
			logger.debug("Still nothing is signed for {}: {}", address(), ex.getMessage());
		}
	}

	@Override
	public void close() {
		this.probes.close();
	}

	@Override
	public String toString() {
		return "GuardedSigner[" + this.signer + "]";
	}

}

package io.github.x402sessions.spring.answers;

import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.spring.X402Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of answers that instances share, as it is configured. Thread-safe.
 */
final class SharedAnswers implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SharedAnswers.class);

	private final X402Properties.Answers properties;

	private final SharedResponseStore shared;

	private SharedAnswers(X402Properties.Answers properties, SharedResponseStore shared) {
		this.properties = properties;
		this.shared = shared;
	}

	/**
	 * Open a store, and say so.
	 * @param backend where answers are
	 * @param properties all else
	 */
	static SharedAnswers in(AnswerBackend backend, X402Properties.Answers properties) {
		AnswerSeal seal = AnswerSeal.of(properties.encryptionKey());
		SharedResponseStore store = new SharedResponseStore(backend, new AnswerFormat(seal), properties.timeout(),
				properties.lease(), properties.retention(), properties.maxMemory().toBytes());
		store.open();
		logger.info("Answers for clients that ask again are kept in {} for {}, {}, with leases of {}",
				(properties.store() == X402Properties.Answers.Store.REDIS) ? "Redis" : "the database",
				properties.retention(), seal.isEncrypting() ? "encrypted" : "not encrypted", properties.lease());
		return new SharedAnswers(properties, store);
	}

	ResponseStore store() {
		return isForgetful() ? ResponseStore.forgetful(this.shared) : this.shared;
	}

	/** Whether payments go on without it. */
	boolean isForgetful() {
		return this.properties.onFailure() == X402Properties.Answers.OnFailure.FORGET;
	}

	/**
	 * Ask for a sign of life.
	 * @throws AnswersUnavailableException if there is none in time
	 */
	void ping() {
		this.shared.ping();
	}

	AnswerFigures figures() {
		return this.shared.figures();
	}

	@Override
	public void close() {
		this.shared.close();
	}

}

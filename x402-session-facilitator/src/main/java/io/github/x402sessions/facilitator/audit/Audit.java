package io.github.x402sessions.facilitator.audit;

import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Writes down what is changed: in the unit of work that changes it, or, where none holds
 * the change, before and after. What cannot be written down is not done. Thread-safe.
 */
public final class Audit {

	private static final Logger logger = LoggerFactory.getLogger(Audit.class);

	private final AuditLog log;

	private final UnitOfWork unitOfWork;

	/**
	 * Create it.
	 * @param log where it is written down
	 * @param unitOfWork runs steps that belong together
	 */
	public Audit(AuditLog log, UnitOfWork unitOfWork) {
		this.log = log;
		this.unitOfWork = unitOfWork;
	}

	/**
	 * Write a row as a step of a unit of work of the caller's, its last one.
	 * @param entry what is changed
	 */
	public void step(AuditEntry entry) {
		this.log.append(entry);
	}

	/**
	 * Write a row of something that has changed nothing.
	 * @param entry what was asked for
	 */
	public void note(AuditEntry entry) {
		append(entry);
	}

	/**
	 * Change something in the store, with the row that tells of it.
	 * @param <T> the type of the result
	 * @param change the steps
	 * @param entry what is changed, by what came of them
	 * @return what came of them
	 * @throws DataAccessException if the store fails; then nothing is changed, unless a
	 * commit was carried out without its answer
	 */
	public <T> T together(Supplier<T> change, Function<T, AuditEntry> entry) {
		return this.unitOfWork.run(() -> {
			T result = change.get();
			this.log.append(entry.apply(result));
			return result;
		});
	}

	/**
	 * Do something that no unit of work holds, between a row that says so and one that
	 * says how it went.
	 * @param <T> the type of the result
	 * @param begun the first row, an {@link AuditEntry#begun}
	 * @param work does it
	 * @param result says what came of it, in a few words
	 * @return what came of it
	 * @throws DataAccessException if the first row cannot be written; then nothing is
	 * done
	 */
	public <T> T around(AuditEntry begun, Supplier<T> work, Function<T, String> result) {
		long number = append(begun).number();
		T done;
		try {
			done = work.get();
		}
		catch (RuntimeException | Error ex) {
			end(begun.ended(number, AuditEntry.Outcome.FAILED, ex.getClass().getSimpleName()));
			throw ex;
		}
		end(begun.ended(number, AuditEntry.Outcome.DONE, result.apply(done)));
		return done;
	}

	private AuditRecord append(AuditEntry entry) {
		return this.unitOfWork.run(() -> this.log.append(entry));
	}

	/** What is done is done: the first row stands without a second. */
	private void end(AuditEntry entry) {
		try {
			append(entry);
		}
		catch (DataAccessException ex) {
			logger.error("The audit log does not tell how {} has ended, which began with row {}: {}", entry.action(),
					entry.about(), ex.getMessage());
		}
	}

}

package io.github.x402sessions.facilitator.settlement.funding;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Limits that recipients have, whoever pays them by whichever scheme. Of what has none,
 * nothing is asked of the store. Implementations are thread-safe.
 */
public interface RecipientLimits {

	/** No limits for anybody. */
	RecipientLimits NONE = new RecipientLimits() {

		@Override
		public @Nullable String counted(Transfer transfer) {
			return null;
		}

		@Override
		public Set<String> count(Map<String, Transfer> settlements) {
			return Set.of();
		}

		@Override
		public void lock(String transaction) {
		}

		@Override
		public Optional<OpenLimit> open(String recipient) {
			return Optional.empty();
		}

		@Override
		public boolean mayDefer(String recipient) {
			return true;
		}

	};

	/**
	 * Return what a payment is counted with.
	 * @param transfer the payment
	 * @return a name that is the same for all that count together, or {@code null} if
	 * nothing is counted
	 */
	@Nullable String counted(Transfer transfer);

	/**
	 * Count settlements that were added, as a step of the same unit of work and in one
	 * order on all nodes. Where one is not paid in the end, or costs less, the store
	 * corrects that by itself.
	 * @param settlements what they pay, by their names in the books
	 * @return the names of those that would be too much, of which nothing is counted
	 * @throws DataAccessException if the store fails
	 */
	Set<String> count(Map<String, Transfer> settlements);

	/**
	 * Keep others from counting with what settlements of a transaction are counted with,
	 * which may be paid no longer, or be after all. Comes before what changes the sums of
	 * their accounts, as counting does.
	 * @param transaction the transaction's hash
	 * @throws DataAccessException if the store fails
	 */
	void lock(String transaction);

	/**
	 * Return what a recipient may be owed.
	 * @param recipient the recipient
	 * @return the limit; empty if there is none
	 */
	Optional<OpenLimit> open(String recipient);

	/**
	 * Tell whether a recipient may be paid later.
	 * @param recipient the recipient
	 * @return whether nothing forbids that
	 */
	boolean mayDefer(String recipient);

	/**
	 * A limit of what is committed or held, and not yet redeemed, for recipients
	 * together.
	 *
	 * @param name a name that is the same for all of them
	 * @param recipients the recipients
	 * @param most the most of each asset, base units
	 */
	record OpenLimit(String name, Set<String> recipients, BigInteger most) {

		/** Copy the set. */
		public OpenLimit {
			recipients = Set.copyOf(recipients);
		}

	}

}

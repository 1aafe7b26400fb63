package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.stellar.balance.AllowanceKey;

/**
 * The sessions as the books have them, some at a time, so that there may be any number of
 * them. Implementations are thread-safe.
 */
public interface RecordedSessions {

	/**
	 * Return the next sessions by their end, a payer's of one asset once for each ledger.
	 * @param last the one that they come after
	 * @param count how many at most
	 */
	List<Expiry> expiriesAfter(Expiry last, int count);

	/**
	 * Return the next allowances of which live sessions may still take something.
	 * @param last the one that they come after
	 * @param ledger the latest ledger; sessions that ended before it take nothing
	 * @param count how many at most
	 */
	List<Debt> debtsAfter(Debt last, long ledger, int count);

	/**
	 * Return what the next sessions have spent and reserved, and what their settlements
	 * come to, each as of one moment.
	 * @param id the store's name for the session that they come after; empty for the
	 * first ones
	 * @param since when the first one was last changed, milliseconds since 1970
	 * @param count how many at most
	 */
	List<Sums> sumsAfter(String id, long since, int count);

	/**
	 * The end of sessions of a payer.
	 *
	 * @param ledger their last ledger
	 * @param payer whose they are
	 * @param asset the asset that they take
	 */
	record Expiry(long ledger, String payer, String asset) {
	}

	/**
	 * The amount that sessions may still take.
	 *
	 * @param payer of whom
	 * @param spender who takes it
	 * @param asset of what
	 * @param owed how much, base units
	 */
	record Debt(String payer, String spender, String asset, BigInteger owed) {

		AllowanceKey allowance() {
			return new AllowanceKey(this.asset, this.payer, this.spender);
		}

	}

	/**
	 * The sums of a session and those of its settlements, base units.
	 *
	 * @param id the store's name for the session
	 * @param handle the name that answers carry
	 * @param spent what the session says was paid
	 * @param reserved what the session says is set aside
	 * @param committed what the session says of that is in no transaction
	 * @param paid what its settlements paid
	 * @param open what its settlements set aside
	 * @param uncarried what of that is in no transaction
	 */
	record Sums(String id, String handle, long spent, long reserved, long committed, long paid, long open,
			long uncarried) {

		boolean areWrong() {
			return this.spent != this.paid || this.reserved != this.open || this.committed != this.uncarried;
		}

		Finding finding() {
			return Finding.difference(this.handle, "has spent %d and reserved %d, its settlements come to %d and %d%s"
				.formatted(this.spent, this.reserved, this.paid, this.open, ofCommitments()));
		}

		private String ofCommitments() {
			return (this.committed == this.uncarried) ? ""
					: "; of that %d are committed, not %d".formatted(this.committed, this.uncarried);
		}

	}

}

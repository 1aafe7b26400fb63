package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.Collection;
import java.util.function.Function;

import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stands. What opens it to its bearer is not here: that is
 * {@link SessionId}.
 *
 * @param key the store's own name for it; opens nothing
 * @param terms what it allows
 * @param approvedIn the ledger that applied its approval
 * @param proven whether the payer signed for its recipient
 * @param spent what has been paid, base units
 * @param reserved what is being paid, base units
 * @param lastLedger the last ledger in which it can pay: that of its terms, or an earlier
 * one that a later approve of the payer has left it
 * @param end why it pays nothing more; absent while it lives
 * @param committed the part of what is reserved that is in no transaction yet, held
 * amounts too, base units
 * @param frozen whether an operator lets it pay nothing for now
 */
public record Session(String key, SessionTerms terms, long approvedIn, boolean proven, BigInteger spent,
		BigInteger reserved, long lastLedger, @Nullable SessionEnd end, BigInteger committed, boolean frozen) {

	/**
	 * Tell whether it has ended before its time, for good.
	 * @return whether it pays nothing more
	 */
	public boolean hasEnded() {
		return this.end != null;
	}

	/**
	 * Return what can still be paid.
	 * @return the cap less what has been and is being paid, base units
	 */
	public BigInteger remaining() {
		return this.terms.cap().subtract(used());
	}

	/**
	 * Return what the allowance has to cover, base units: the cap less what has been
	 * paid; of a session that has ended only what is on its way or committed.
	 */
	public BigInteger owed() {
		return hasEnded() ? this.reserved : this.terms.cap().subtract(this.spent);
	}

	public static BigInteger owed(Collection<Session> sessions) {
		return sum(sessions, Session::owed);
	}

	/**
	 * Return what is in a transaction that may be applied at any moment, base units: by
	 * that much books and chain may differ.
	 */
	public BigInteger inMotion() {
		return this.reserved.subtract(this.committed);
	}

	/**
	 * Return the session as it is without what is committed, which may change at any
	 * moment and moves nothing on the chain.
	 */
	public Session uncommitted() {
		return new Session(this.key, this.terms, this.approvedIn, this.proven, this.spent, inMotion(), this.lastLedger,
				this.end, BigInteger.ZERO, this.frozen);
	}

	public static BigInteger inMotion(Collection<Session> sessions) {
		return sum(sessions, Session::inMotion);
	}

	private static BigInteger sum(Collection<Session> sessions, Function<Session, BigInteger> part) {
		return sessions.stream().map(part).reduce(BigInteger.ZERO, BigInteger::add);
	}

	/** Return the name of the allowance that it rests on. */
	public AllowanceKey allowance() {
		return this.terms.allowance();
	}

	/** Return what has been or may yet have been paid, base units. */
	public BigInteger used() {
		return this.spent.add(this.reserved);
	}

}

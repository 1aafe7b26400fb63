package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.x402sessions.stellar.balance.Allowance;

/**
 * Losses of the sessions of an allowance that no longer carries them all: some end, and
 * of those that go on some end earlier. Both are for good.
 *
 * @param reason why those that end do
 * @param ended the sessions that end
 * @param shortened the sessions that end with {@code lastLedger}
 * @param lastLedger the last ledger of the allowance
 * @param spare what is carried and nobody needs then, base units; negative where those
 * that end need more themselves
 */
public record AllowanceReduction(SessionEnd reason, List<Session> ended, List<Session> shortened, long lastLedger,
		BigInteger spare) {

	public static final AllowanceReduction NONE = new AllowanceReduction(SessionEnd.SUPERSEDED, List.of(), List.of(), 0,
			BigInteger.ZERO);

	/**
	 * Decide what has to go.
	 * @param sessions all that may still take of the allowance, oldest approve first
	 * @param carried what they may take together, base units
	 * @param allowance the allowance
	 * @param reason why sessions end that have to
	 */
	public static AllowanceReduction of(List<Session> sessions, BigInteger carried, Allowance allowance,
			SessionEnd reason) {
		List<Session> ended = ended(sessions, carried);
		List<Session> shortened = sessions.stream()
			.filter((session) -> !session.hasEnded() && session.lastLedger() > allowance.liveUntil())
			.filter((session) -> !ended.contains(session))
			.toList();
		BigInteger freed = ended.stream().map(Session::remaining).reduce(BigInteger.ZERO, BigInteger::add);
		return new AllowanceReduction(reason, ended, shortened, allowance.liveUntil(),
				carried.add(freed).subtract(Session.owed(sessions)));
	}

	/**
	 * What is more than all that is carried goes in any case, then the oldest, until the
	 * rest fits. What is on its way in a session that ends is still carried.
	 */
	private static List<Session> ended(List<Session> sessions, BigInteger carried) {
		List<Session> candidates = sessions.stream()
			.filter((session) -> !session.hasEnded())
			.sorted(Comparator.comparing((session) -> session.owed().compareTo(carried) <= 0))
			.toList();
		BigInteger excess = Session.owed(sessions).subtract(carried);
		List<Session> ended = new ArrayList<>();
		for (Session session : candidates) {
			if (excess.signum() <= 0) {
				break;
			}
			ended.add(session);
			excess = excess.subtract(session.remaining());
		}
		return ended;
	}

	/**
	 * Tell whether all still fits, though those that end may have committed more since
	 * they were looked at.
	 * @param now the sessions as they are
	 */
	public boolean isEnough(List<Session> now) {
		BigInteger committed = this.ended.stream()
			.flatMap((seen) -> now.stream()
				.filter((session) -> session.key().equals(seen.key()))
				.map((session) -> session.reserved().subtract(seen.reserved())))
			.reduce(BigInteger.ZERO, BigInteger::add);
		return committed.signum() <= 0 || committed.compareTo(this.spare) <= 0;
	}

	public boolean isNothing() {
		return this.ended.isEmpty() && this.shortened.isEmpty();
	}

}

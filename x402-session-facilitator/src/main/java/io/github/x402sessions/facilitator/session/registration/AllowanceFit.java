package io.github.x402sessions.facilitator.session.registration;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.stellar.balance.Allowance;

/**
 * Decides which sessions one allowance can carry. An approval replaces the one before it,
 * so the sessions with the oldest approves give way until what the others may still spend
 * is covered. A session that its payer has signed for gives way to nobody else.
 *
 * @param added the session that is to be added
 * @param others the other sessions that may still take of the allowance, oldest approve
 * first
 * @param allowance what the chain says is left of it
 */
record AllowanceFit(NewSession added, List<Session> others, Allowance allowance) {

	/**
	 * Tell whether the node had seen all their approves when it read the allowance.
	 */
	boolean isCurrent() {
		return this.allowance.ledger() >= this.added.approval().ledger()
				&& this.others.stream().allMatch((session) -> this.allowance.ledger() >= session.approvedIn());
	}

	/** Tell whether all of them fit. */
	boolean isComplete() {
		return this.added.owed().add(Session.owed(this.others)).compareTo(this.allowance.amount()) <= 0;
	}

	/**
	 * Tell whether a payment is on its way: then books and chain differ by it, and the
	 * question has to be asked again.
	 */
	boolean isInMotion() {
		Session replaced = this.added.replaced();
		return (replaced != null && replaced.inMotion().signum() > 0)
				|| this.others.stream().anyMatch((session) -> session.inMotion().signum() > 0);
	}

	/**
	 * Return what the others lose: those that have to give way end, and those that the
	 * approval leaves less time end earlier.
	 * @throws RegistrationException if the new session does not fit even alone, or not
	 * besides what those that ended have promised, or claims less than its approval
	 * without a signature or others that need the rest, or is older than those that would
	 * give way, or is not signed for as one of them is
	 */
	AllowanceReduction cuts() {
		requireOfTheApprove();
		ClaimCheck.require(this.added.owed().compareTo(this.allowance.amount()) <= 0,
				"the user's allowance no longer covers 'cap': it was spent, revoked or replaced");
		ClaimCheck.require(this.added.approval().liveUntil() <= this.allowance.liveUntil(),
				"the user's allowance ends before 'expirationLedger': it was replaced");
		AllowanceReduction cuts = AllowanceReduction.of(this.others,
				this.allowance.amount().subtract(this.added.owed()), this.allowance, SessionEnd.SUPERSEDED);
		cuts.ended().forEach(this::requireToGiveWay);
		ClaimCheck.require(cuts.spare().signum() >= 0,
				"the user's allowance does not cover 'cap' besides what its sessions have promised");
		return cuts;
	}

	/**
	 * Who has not signed has to name the cap that the approval is for. Who has may have
	 * approved for other sessions too, whatever has become of those since.
	 */
	private void requireOfTheApprove() {
		BigInteger rest = this.added.approval().amount().subtract(this.added.terms().cap());
		ClaimCheck.require(
				this.added.proven() || rest.signum() == 0
						|| (!this.others.isEmpty() && rest.compareTo(Session.owed(this.others)) >= 0),
				"the approve is for more than 'cap'");
	}

	private void requireToGiveWay(Session session) {
		ClaimCheck.require(session.approvedIn() <= this.added.approval().ledger(),
				"a later approve of the user has replaced this one");
		if (session.proven() && !this.added.proven()) {
			throw RegistrationException.conflict("a session that the user signed for needs this allowance: sign");
		}
	}

}

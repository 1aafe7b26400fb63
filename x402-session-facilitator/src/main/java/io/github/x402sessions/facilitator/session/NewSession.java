package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;

import io.github.x402sessions.stellar.approval.Approval;
import org.jspecify.annotations.Nullable;

/**
 * A session that is about to be stored.
 *
 * @param id its token
 * @param terms what it allows
 * @param approval the approval that it rests on
 * @param proven whether the payer signed for its recipient
 * @param replaced the session of the same approve that nobody signed for and that gives
 * way to this one, which goes on with what the other has used; absent for a first one
 */
public record NewSession(SessionId id, SessionTerms terms, Approval approval, boolean proven,
		@Nullable Session replaced) {

	/** Return what the allowance has to cover for it, base units. */
	public BigInteger owed() {
		return (this.replaced != null) ? this.terms.cap().subtract(this.replaced.spent()) : this.terms.cap();
	}

	/**
	 * Tell whether what the other has set aside is promised to another recipient, who has
	 * to be paid first.
	 */
	public boolean isPromisedToAnother() {
		return this.replaced != null && this.replaced.reserved().signum() > 0
				&& !this.replaced.terms().recipient().equals(this.terms.recipient());
	}

	/** Tell whether the other has promised what its payer could not pay. */
	public boolean isOfADefault() {
		return this.replaced != null && this.replaced.end() == SessionEnd.DEFAULTED;
	}

	/** Tell whether an operator has closed the other, which is for good. */
	public boolean isOfARevoked() {
		return this.replaced != null && this.replaced.end() == SessionEnd.REVOKED;
	}

	/** Tell whether what was used under the other terms is already more than its cap. */
	public boolean isUsedUp() {
		return this.replaced != null && this.replaced.used().compareTo(this.terms.cap()) > 0;
	}

	/**
	 * Tell whether it asks for no more of the allowance than the session that it
	 * replaces, so that nobody else has to give way.
	 */
	public boolean isCoveredByReplaced() {
		return this.replaced != null && !this.replaced.hasEnded()
				&& this.terms.cap().compareTo(this.replaced.terms().cap()) <= 0;
	}

}

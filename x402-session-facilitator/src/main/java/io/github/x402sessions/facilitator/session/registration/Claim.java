package io.github.x402sessions.facilitator.session.registration;

import java.util.Locale;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.stellar.approval.Approval;

/**
 * A registration whose claims are well formed and within the operator's rules; whether
 * they are true is for the chain to say.
 *
 * @param terms what is claimed, the approval by the hash that was given
 * @param proven whether the payer signed for it, which {@link OwnerProofs} have to
 * confirm
 */
record Claim(SessionTerms terms, boolean proven) {

	private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

	static Claim of(RegistrationRequest request, SessionRules rules) {
		ClaimCheck.parties(request.network(), request.user(), request.asset(), request.recipient(), rules);
		String approval = String.valueOf(request.approvalTxHash());
		require(HASH.matcher(approval).matches(), "'approvalTxHash' must be 64 hex digits");
		ClaimCheck.expirationLedger(request.expirationLedger());
		ClaimCheck.sessionKey(request.sessionKey(), request.user());
		SessionTerms terms = new SessionTerms(request.network(), approval.toLowerCase(Locale.ROOT), request.user(),
				rules.spender(), request.asset(), request.recipient(), ClaimCheck.cap(request.cap()),
				request.expirationLedger(), request.sessionKey());
		return new Claim(terms, isProven(request, rules));
	}

	private static boolean isProven(RegistrationRequest request, SessionRules rules) {
		if (request.proof() != null) {
			return true;
		}
		require(request.sessionKey() == null,
				"'sessionKey' takes a 'proof': only its signature ties the key to the user");
		require(rules.recipients().contains(request.recipient()),
				"'recipient' is not on this facilitator's list, and there is no 'proof'");
		return false;
	}

	/**
	 * Hold the claim against the chain. An amount above the cap passes here: a payer with
	 * another live session approves for both, which {@link AllowanceFit} decides.
	 * @return the claim, the approval by the one hash that it is stored under
	 */
	Claim confirmedBy(Approval approval, SessionRules rules) {
		require(approval.asset().equals(this.terms.asset()), "the approve is for another 'asset'");
		require(approval.from().equals(this.terms.payer()), "the approve is by another 'user'");
		require(rules.knows(approval.spender()), "the approve is for another spender");
		require(approval.amount().compareTo(this.terms.cap()) >= 0, "the approve is for less than 'cap'");
		require(approval.liveUntil() == this.terms.expirationLedger(),
				"the approve ends with another 'expirationLedger'");
		return of(approval.transaction(), approval.spender());
	}

	/**
	 * Let the claim be about another spender, whom the approve is known to allow: the
	 * payer does not name one.
	 */
	Claim ofSpender(String spender) {
		return of(this.terms.approval(), spender);
	}

	private Claim of(String approval, String spender) {
		return new Claim(new SessionTerms(this.terms.network(), approval, this.terms.payer(), spender,
				this.terms.asset(), this.terms.recipient(), this.terms.cap(), this.terms.expirationLedger(),
				this.terms.sessionKey()), this.proven);
	}

	/**
	 * Tell whether this takes the place of a session of the same approve: the payer has
	 * signed for it, and nobody for what is there.
	 */
	boolean replaces(Session known) {
		return this.proven && !known.proven() && (known.hasEnded() || !known.terms().equals(this.terms));
	}

	private static void require(boolean condition, String message) {
		ClaimCheck.require(condition, message);
	}

}

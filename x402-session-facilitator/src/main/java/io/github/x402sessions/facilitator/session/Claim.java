package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.facilitator.chain.Approval;

/**
 * A registration whose claims are well formed and within the operator's rules; whether
 * they are true is for the chain to say.
 *
 * @param terms what is claimed, the approve by the hash that was given
 * @param proven whether the payer signed for it
 */
record Claim(SessionTerms terms, boolean proven) {

	private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

	private static final Pattern CAP = Pattern.compile("[0-9]{1,19}");

	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	private static final long LAST_LEDGER = 0xffff_ffffL;

	static Claim of(RegistrationRequest request, SessionRules rules) {
		require(request.network().equals(rules.network()), "'network' must be " + rules.network());
		require(HASH.matcher(request.approvalTxHash()).matches(), "'approvalTxHash' must be 64 hex digits");
		require(isAddress(request.user()), "'user' is not a Stellar address");
		require(rules.assets().contains(request.asset()), "'asset' is not on this facilitator's list");
		require(isAddress(request.recipient()), "'recipient' is not a Stellar address");
		require(!request.user().equals(rules.spender()), "'user' must not be this facilitator");
		require(!request.recipient().equals(rules.spender()) && !request.recipient().equals(request.asset()),
				"'recipient' must not be this facilitator or the asset");
		require(!request.recipient().equals(request.user()), "'recipient' must not be the user");
		require(request.expirationLedger() > 0 && request.expirationLedger() <= LAST_LEDGER,
				"'expirationLedger' is not a ledger");
		SessionTerms terms = new SessionTerms(request.network(), request.approvalTxHash().toLowerCase(Locale.ROOT),
				request.user(), rules.spender(), request.asset(), request.recipient(), cap(request.cap()),
				request.expirationLedger());
		return new Claim(terms, isProven(request, rules));
	}

	private static boolean isProven(RegistrationRequest request, SessionRules rules) {
		String proof = request.proof();
		if (proof != null) {
			require(OwnerProof.isValid(request, proof), "'proof' is not the user's signature over these terms");
			return true;
		}
		require(rules.recipients().contains(request.recipient()),
				"'recipient' is not on this facilitator's list, and there is no 'proof'");
		return false;
	}

	private static BigInteger cap(String text) {
		require(CAP.matcher(text).matches(), "'cap' must be a whole number of base units");
		BigInteger cap = new BigInteger(text);
		require(cap.signum() > 0 && cap.compareTo(LARGEST) <= 0, "'cap' is out of range");
		return cap;
	}

	private static boolean isAddress(String text) {
		return StellarAddress.isAccount(text) || StellarAddress.isContract(text);
	}

	/**
	 * Hold the claim against the chain. An amount above the cap passes here: a payer with
	 * another live session approves for both, which {@link AllowanceFit} decides.
	 * @return the claim, the approve by the one hash that it is stored under
	 */
	Claim confirmedBy(Approval approval) {
		require(approval.asset().equals(this.terms.asset()), "the approve is for another 'asset'");
		require(approval.from().equals(this.terms.payer()), "the approve is by another 'user'");
		require(approval.spender().equals(this.terms.spender()), "the approve is for another spender");
		require(approval.amount().compareTo(this.terms.cap()) >= 0, "the approve is for less than 'cap'");
		require(approval.liveUntil() == this.terms.expirationLedger(),
				"the approve ends with another 'expirationLedger'");
		return new Claim(
				new SessionTerms(this.terms.network(), approval.transaction(), this.terms.payer(), this.terms.spender(),
						this.terms.asset(), this.terms.recipient(), this.terms.cap(), this.terms.expirationLedger()),
				this.proven);
	}

	/**
	 * Tell whether this takes the place of a session of the same approve: the payer has
	 * signed for it, and nobody for what is there.
	 */
	boolean replaces(Session known) {
		return this.proven && !known.proven() && (known.superseded() || !known.terms().equals(this.terms));
	}

	static void require(boolean condition, String message) {
		if (!condition) {
			throw RegistrationException.refused(message);
		}
	}

}

package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * Holds a payment against its session and the operator's policy. What counts are the
 * server's own requirements; what the client accepted has only to be of the same kind.
 * Thread-safe.
 */
final class PaymentCheck {

	static final String SCHEME = SessionScheme.NAME;

	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	private final SpendingPolicy policy;

	private final SessionRepository sessions;

	private final LedgerClock ledgers;

	private final VerifiedAmounts verified;

	private final SpenderRoster roster;

	private final RecipientRules recipients;

	PaymentCheck(SpendingPolicy policy, SessionRepository sessions, LedgerClock ledgers, VerifiedAmounts verified,
			SpenderRoster roster, RecipientRules recipients) {
		this.recipients = recipients;
		this.roster = roster;
		this.verified = verified;
		this.policy = policy;
		this.sessions = sessions;
		this.ledgers = ledgers;
	}

	/**
	 * Check a payment.
	 * @param session the {@link #session} that is to pay
	 * @param key what tells it from others: the hold of its identifier is its own
	 * @throws RpcException if the height of the ledger is not known: then nothing is
	 * payable
	 * @throws SigningException if only another node can sign for the session
	 */
	Verdict check(FacilitatorRequest request, @Nullable Session session, PaymentKey key) {
		PaymentRequirements asked = request.paymentRequirements();
		PaymentRequirements accepted = request.paymentPayload().accepted();
		if (!SCHEME.equals(asked.scheme()) || !SCHEME.equals(accepted.scheme())) {
			return refused(Reason.SCHEME_MISMATCH, "the scheme must be '" + SCHEME + "'");
		}
		String network = this.policy.rules().network();
		if (!network.equals(asked.network()) || !network.equals(accepted.network())) {
			return refused(Reason.NETWORK_MISMATCH, "the network must be '" + network + "'");
		}
		if (token(request).value().isBlank()) {
			return refused(Reason.MISSING_SESSION_ID, "'paymentPayload.payload.sessionId' is missing");
		}
		if (session == null) {
			return refused(Reason.SESSION_NOT_FOUND, "there is no such session");
		}
		Verdict.Refused refusal = this.recipients.check(SCHEME, asked)
			.map((refused) -> new Verdict.Refused(refused.reason(), refused.message(), true))
			.orElseGet(() -> refusal(session, asked));
		return (refusal != null) ? refusal : amount(session, asked, key);
	}

	/** Find the session that is to pay, or {@code null} if there is no such session. */
	@Nullable Session session(FacilitatorRequest request) {
		return this.sessions.find(token(request)).orElse(null);
	}

	/** Return a session by the store's name for it. */
	Session session(String key) {
		return this.sessions.get(key);
	}

	/** Return the token that the client holds; blank if it sent none. */
	static SessionId token(FacilitatorRequest request) {
		return new SessionId(
				(request.paymentPayload().payload().get("sessionId") instanceof String token) ? token : "");
	}

	private Verdict.@Nullable Refused refusal(Session session, PaymentRequirements asked) {
		SessionTerms terms = session.terms();
		if (!terms.asset().equals(asked.asset()) || !this.policy.rules().assets().contains(asked.asset())) {
			return refused(Reason.ASSET_MISMATCH, "the session is for another asset");
		}
		if (!terms.recipient().equals(asked.payTo())) {
			return refused(Reason.RECIPIENT_MISMATCH, "the session is for another recipient");
		}
		if (!this.policy.rules().knows(terms.spender())) {
			requireNobodyElse(terms.spender());
			return refused(Reason.SPENDER_MISMATCH, "the session is for another spender");
		}
		if (!isKnown(asked.extra().getOrDefault("spender", terms.spender()))) {
			return refused(Reason.SPENDER_MISMATCH, "the session is for another spender");
		}
		if (!terms.network().equals(asked.network())) {
			return refused(Reason.SESSION_NETWORK_MISMATCH, "the session is for another network");
		}
		return over(session);
	}

	private boolean isKnown(@Nullable Object spender) {
		return spender instanceof String address
				&& (this.policy.rules().knows(address) || this.roster.isHeldElsewhere(address));
	}

	/** What another node can do is refused by none for good. */
	private void requireNobodyElse(String spender) {
		if (this.roster.isHeldElsewhere(spender)) {
			throw new SigningException("the spender " + spender + " of a session is another node's", null);
		}
	}

	/**
	 * Refuse what a session would pay that is over.
	 * @return the refusal, or {@code null} while the session pays
	 * @throws RpcException if the height of the ledger is not known
	 */
	Verdict.@Nullable Refused over(Session session) {
		Verdict.Refused stopped = stopped(session);
		if (stopped != null) {
			return stopped;
		}
		long latest = this.ledgers.latest().sequence();
		return this.policy.rules().hasExpired(session.lastLedger(), latest)
				? refused(Reason.SESSION_EXPIRED, "the session ends with ledger " + session.lastLedger()) : null;
	}

	/**
	 * Refuse what a session would pay that has ended by the books, or that the operator
	 * has frozen: that is for a while, so that nobody opens another one for it.
	 * @return the refusal, or {@code null} if it is neither
	 */
	static Verdict.@Nullable Refused stopped(Session session) {
		SessionEnd end = session.end();
		if (end != null) {
			return refused(Reason.SESSION_SUPERSEDED, end.sentence());
		}
		return session.frozen()
				? refused(Reason.RATE_LIMITED, "the operator has frozen the session: it pays nothing for now") : null;
	}

	/** Return what a server asks for, base units; 0 if that is no number of them. */
	static BigInteger amount(PaymentRequirements asked) {
		return BaseUnits.read(asked.amount()).orElse(BigInteger.ZERO);
	}

	private Verdict amount(Session session, PaymentRequirements asked, PaymentKey key) {
		BigInteger amount = amount(asked);
		if (amount.signum() == 0 || amount.compareTo(LARGEST) > 0) {
			return refused(Reason.INVALID_AMOUNT, "'amount' must be a positive number of base units");
		}
		if (amount.compareTo(this.policy.minPerCall()) < 0) {
			return refused(Reason.INVALID_AMOUNT,
					"a call costs at least " + this.policy.minPerCall() + " base units here");
		}
		if (amount.compareTo(this.policy.maxPerCall()) > 0) {
			return refused(Reason.PER_CALL_LIMIT_EXCEEDED,
					"a call may cost at most " + this.policy.maxPerCall() + " base units");
		}
		BigInteger left = session.remaining().subtract(this.verified.heldByOthers(session, key.id()));
		if (amount.compareTo(left) > 0) {
			return refused(Reason.CAP_EXCEEDED,
					"the session has only " + left.max(BigInteger.ZERO) + " base units left");
		}
		return new Verdict.Payable(session, amount);
	}

	private static Verdict.Refused refused(Reason reason, String message) {
		return new Verdict.Refused(reason, message);
	}

}

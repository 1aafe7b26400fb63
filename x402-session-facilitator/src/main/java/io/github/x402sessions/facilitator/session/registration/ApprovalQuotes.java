package io.github.x402sessions.facilitator.session.registration;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;

import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import io.github.x402sessions.stellar.approval.ApproveCall;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transaction.UnsignedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Builds the approval that opens or ends a session, so that who pays needs no Stellar
 * SDK: the allowance covers the user's other live sessions as well, because an approval
 * replaces the one before it. Nothing is remembered. Thread-safe.
 */
public final class ApprovalQuotes {

	/** Time for a person to read and sign, seconds. */
	private static final long TO_SIGN = 300;

	private static final int AT_ONCE = 16;

	private final SessionRules rules;

	private final AllowanceWatch watch;

	private final RegistrationGuard registrations;

	private final ApprovalTransactions approves;

	private final boolean sponsored;

	private final ServedSpenders spenders;

	private final Semaphore working = new Semaphore(AT_ONCE);

	/**
	 * Create it.
	 * @param rules what the operator allows
	 * @param watch knows the sessions that the chain carries
	 * @param registrations knows what could be registered
	 * @param approves builds transactions
	 * @param sponsored whether the fees of approves are ours
	 * @param roster knows what other nodes sign for
	 */
	public ApprovalQuotes(SessionRules rules, AllowanceWatch watch, RegistrationGuard registrations,
			ApprovalTransactions approves, boolean sponsored, SpenderRoster roster) {
		this.rules = rules;
		this.watch = watch;
		this.registrations = registrations;
		this.approves = approves;
		this.sponsored = sponsored;
		this.spenders = new ServedSpenders(rules, roster);
	}

	/**
	 * Make a quote.
	 * @param request what the session shall be
	 * @return the approval to sign, and what to do with it
	 * @throws RegistrationException if such a session could not be registered, or too
	 * much is going on
	 * @throws MalformedMessageException if the chain would refuse the approval
	 * @throws RpcException if the node does not answer
	 */
	public ApprovalQuote quote(QuoteRequest request) {
		BigInteger cap = cap(request);
		boolean contract = StellarAddress.isContract(request.user());
		ClaimCheck.require(!contract || request.source() != null,
				"'user' must be an account, G…, or a contract, C…, with a 'source' that sends its approve");
		ClaimCheck.require(contract || request.source() == null, "'source' is for a 'user' that is a contract");
		ClaimCheck.require(StellarAddress.isAccount(request.sender()), "'source' must be an account, G…");
		if (!this.working.tryAcquire()) {
			throw RegistrationException.notNow("too many quotes at once; try again");
		}
		try {
			return quote(request, cap);
		}
		finally {
			this.working.release();
		}
	}

	/** Check who takes part, and return what the session may spend: none, nothing. */
	private BigInteger cap(QuoteRequest request) {
		if (request.isClosing()) {
			ClaimCheck.payer(request.network(), request.user(), request.asset(), this.rules);
			return BigInteger.ZERO;
		}
		ClaimCheck.parties(request.network(), request.user(), request.asset(), request.requireRecipient(), this.rules);
		ClaimCheck.newSessionKey(request.sessionKey(), this.rules);
		ClaimCheck.sessionKey(request.sessionKey(), request.user());
		return ClaimCheck.cap(request.requireCap());
	}

	private ApprovalQuote quote(QuoteRequest request, BigInteger cap) {
		LatestLedger latest = this.registrations.latest();
		long asked = request.lastLedger(latest.sequence());
		ClaimCheck.expirationLedger(asked);
		this.registrations.requireTime(asked, latest);
		AccountState account = this.registrations.sender(request);
		if (!request.isClosing()) {
			this.registrations.requirePayable(request.asset(), request.requireRecipient());
			this.registrations.requireAbleToPay(request.asset(), request.user());
		}
		String spender = spender(request);
		List<Session> others = others(request, spender, Math.max(latest.sequence(), account.ledger()));
		BigInteger allowance = cap.add(Session.owed(others));
		ClaimCheck.require(allowance.bitLength() < Long.SIZE, "'cap' is out of range");
		long lastLedger = lastLedger(asked, others);
		ApproveCall approve = new ApproveCall(request.asset(), request.user(), spender, allowance, lastLedger);
		UnsignedTransaction transaction = transaction(request, approve, account, latest);
		String hash = transaction.hash();
		return new ApprovalQuote(request.network(), approve.spender(), request.user(), request.asset(),
				request.isClosing() ? null : request.recipient(), request.isClosing() ? null : cap.toString(),
				lastLedger, allowance.toString(), transaction.envelope(), hash,
				proofMessage(request, cap, lastLedger, hash), this.sponsored && hash != null,
				(lastLedger != asked) ? asked : null);
	}

	/**
	 * Sessions that are to end rest on what their own spender is allowed, whichever is
	 * the current one.
	 */
	private String spender(QuoteRequest request) {
		if (!request.isClosing()) {
			return this.rules.spender();
		}
		String named = request.spender();
		return (named != null) ? this.spenders.require(named)
				: this.spenders.first(this.watch.spenders(request.asset(), request.user()))
					.map(this.spenders::require)
					.orElseGet(this.rules::spender);
	}

	private static @Nullable String proofMessage(QuoteRequest request, BigInteger cap, long lastLedger,
			@Nullable String hash) {
		return (hash == null || request.isClosing()) ? null : OwnerProof.message(request.network(), request.asset(),
				request.requireRecipient(), cap.toString(), lastLedger, hash, request.sessionKey());
	}

	private UnsignedTransaction transaction(QuoteRequest request, ApproveCall approve, AccountState account,
			LatestLedger latest) {
		return (request.source() == null) ? this.approves.build(approve, account, maxTime(latest))
				: this.approves.buildForContract(approve, request.source(), account,
						latest.sequence() + LedgerTime.ledgers(Duration.ofSeconds(TO_SIGN)), maxTime(latest));
	}

	/** Ledgers have a clock of their own; ours counts only where the node hides it. */
	private static long maxTime(LatestLedger latest) {
		return ((latest.closeTime() > 0) ? latest.closeTime() : Instant.now().getEpochSecond()) + TO_SIGN;
	}

	/**
	 * Return the sessions that the chain still carries. It is read no earlier than the
	 * account whose next transaction this is to be: a transaction that took the allowance
	 * back after that makes the approval void.
	 */
	private List<Session> others(QuoteRequest request, String spender, long ledger) {
		AllowanceKey key = new AllowanceKey(request.asset(), request.user(), spender);
		RetryWindow attempts = this.registrations.attempts();
		do {
			List<Session> others = this.watch.inspect(key, ledger);
			if (others != null) {
				return others;
			}
		}
		while (attempts.again());
		throw RegistrationException.notNow("the user's allowance is in motion; try again");
	}

	/** An approval gives all sessions its own end: that of the longest. */
	private static long lastLedger(long asked, List<Session> others) {
		return others.stream()
			.filter((session) -> !session.hasEnded())
			.mapToLong(Session::lastLedger)
			.reduce(asked, Math::max);
	}

}

package io.github.x402sessions.facilitator.session.registration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.approval.ApprovalLookup;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits a session where the chain confirms it and the payer's allowance carries it.
 * Thread-safe.
 */
public final class RegistrationGuard {

	private static final Logger logger = LoggerFactory.getLogger(RegistrationGuard.class);

	/** Nodes lag: one may not know yet what another has just confirmed. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** Each holds a thread for as long as it waits. */
	private static final int WAITING_AT_ONCE = 16;

	private final Semaphore waiting = new Semaphore(WAITING_AT_ONCE);

	private final SessionRules rules;

	private final SessionRepository store;

	private final LedgerState chain;

	private final Approvals approvals;

	private final TransferReadinessReader holdings;

	private final LedgerClock clock;

	private final Polling polling;

	/**
	 * Create it.
	 * @param rules what the operator allows
	 * @param store keeps the sessions
	 * @param chain knows accounts and allowances
	 * @param approvals confirms what is claimed
	 * @param holdings knows whether recipients can be paid
	 * @param clock knows the height of the ledger
	 * @param polling the pause between two questions to the node
	 */
	public RegistrationGuard(SessionRules rules, SessionRepository store, LedgerState chain, Approvals approvals,
			TransferReadinessReader holdings, LedgerClock clock, Polling polling) {
		this.rules = rules;
		this.store = store;
		this.chain = chain;
		this.approvals = approvals;
		this.holdings = holdings;
		this.clock = clock;
		this.polling = polling;
	}

	RetryWindow attempts() {
		return new RetryWindow(PATIENCE, this.polling);
	}

	/**
	 * Find an approval. One that the node does not know may have landed a moment ago, and
	 * is waited for; only so many may wait at once, so that who names approves that do
	 * not exist is in nobody's way whose approve does.
	 * @throws RegistrationException if there is none, or too many wait
	 * @throws RpcException if the node does not answer
	 */
	Approval approval(String hash) {
		ApprovalLookup found = this.approvals.find(hash);
		if (found instanceof ApprovalLookup.NotFound) {
			found = await(hash);
		}
		return found.fold(ApprovalLookup.Found::approval, (notFound) -> {
			throw RegistrationException.refused("'approvalTxHash' is not on the chain");
		}, (other) -> {
			throw RegistrationException.refused("'approvalTxHash': " + other.reason());
		});
	}

	private ApprovalLookup await(String hash) {
		if (!this.waiting.tryAcquire()) {
			throw RegistrationException.notNow("the approve is not on the chain yet; try again");
		}
		try {
			RetryWindow attempts = attempts();
			ApprovalLookup found = new ApprovalLookup.NotFound();
			while (found instanceof ApprovalLookup.NotFound && attempts.again()) {
				found = this.approvals.find(hash);
			}
			return found;
		}
		finally {
			this.waiting.release();
		}
	}

	/**
	 * Read the account that is to send an approval.
	 * @throws RegistrationException if there is none
	 * @throws RpcException if the node does not answer
	 */
	AccountState sender(QuoteRequest request) {
		return this.chain.account(request.sender())
			.orElseThrow(() -> RegistrationException
				.refused(((request.source() != null) ? "'source'" : "'user'") + " has no account on the ledger"));
	}

	/**
	 * Require that the asset is one, and that the recipient could be paid in it: nobody
	 * should find out after the service was given.
	 * @throws RegistrationException if not
	 * @throws RpcException if the node does not answer
	 */
	void requirePayable(String asset, String recipient) {
		ClaimCheck.require(this.chain.isStellarAsset(asset), "'asset' is not a Stellar Asset Contract");
		ClaimCheck.require(!this.holdings.isIssuer(asset, recipient), "'recipient' must not be the asset's issuer");
		switch (holding(asset, recipient).state()) {
			case MISSING -> throw RegistrationException.refused("'recipient' has no trustline for the asset");
			case FROZEN -> throw RegistrationException.refused("'recipient' is not authorised to hold the asset");
			case FREE -> {
			}
		}
	}

	/**
	 * Require that the payer could pay in the asset: anybody can approve, and would find
	 * out with the first call.
	 * @throws RegistrationException if not
	 * @throws RpcException if the node does not answer
	 */
	void requireAbleToPay(String asset, String user) {
		switch (holding(asset, user).state()) {
			case MISSING -> throw RegistrationException
				.refused("'user' cannot pay: " + user + " has no trustline for the asset " + asset);
			case FROZEN -> throw RegistrationException
				.refused("'user' cannot pay: " + user + " is not authorised to hold the asset " + asset);
			case FREE -> {
			}
		}
	}

	private Balance holding(String asset, String holder) {
		long latest = this.clock.latest().sequence();
		RetryWindow attempts = attempts();
		do {
			Balance holding = this.holdings.holding(asset, holder, latest);
			if (holding != null) {
				return holding;
			}
		}
		while (attempts.again());
		throw new RpcException("the node lags behind the ledger " + latest, null);
	}

	/**
	 * Return the latest ledger as of now.
	 * @throws RpcException if the node does not answer
	 */
	LatestLedger latest() {
		return this.clock.now();
	}

	/**
	 * Require that there is time left to pay.
	 * @throws RegistrationException if the expiration is over or too near
	 */
	void requireTime(long expirationLedger, LatestLedger latest) {
		ClaimCheck.require(!this.rules.hasExpired(expirationLedger, latest.sequence()),
				"'expirationLedger' is over or too near: the latest ledger is " + latest.sequence());
	}

	/**
	 * Add a session and supersede those that its allowance does not carry as well.
	 * @return whether it was added; if not, books or chain are in motion, or the node
	 * lags: look again
	 * @throws RegistrationException if it may not be added
	 * @throws RpcException if the node does not answer
	 */
	boolean tryToAdd(NewSession added) {
		SessionTerms terms = added.terms();
		LatestLedger ledger = latest();
		requireTime(terms.expirationLedger(), ledger);
		long latest = ledger.sequence();
		refuseForWhatWasUsed(added);
		if (isPromisedToAnother(added)) {
			return false;
		}
		List<Session> seen = this.store.entitled(terms.allowance(), terms.network(), latest);
		if (added.isCoveredByReplaced()) {
			return this.store.add(added, seen, AllowanceReduction.NONE, latest);
		}
		return tryToFit(added, seen, latest);
	}

	/**
	 * Books and chain are read one after the other; the books must not change between.
	 */
	private boolean tryToFit(NewSession added, List<Session> seen, long latest) {
		SessionTerms terms = added.terms();
		AllowanceFit fit = new AllowanceFit(added, others(added, seen),
				this.chain.allowance(terms.asset(), terms.payer(), terms.spender()));
		if (!fit.isCurrent() || (fit.isInMotion() && !fit.isComplete())) {
			return false;
		}
		AllowanceReduction cuts = fit.cuts();
		boolean done = this.store.add(added, seen, cuts, latest);
		if (done && !cuts.isNothing()) {
			logger.info(
					"{} older session(s) of {} superseded and {} shortened: that is what its allowance of {} covers",
					cuts.ended().size(), terms.payer(), cuts.shortened().size(), terms.asset());
		}
		return done;
	}

	/** The payer has signed for another recipient, so what is left there is paid now. */
	private boolean isPromisedToAnother(NewSession added) {
		Session replaced = added.replaced();
		if (replaced == null || !added.isPromisedToAnother()) {
			return false;
		}
		this.store.end(replaced.key(), SessionEnd.SUPERSEDED);
		return true;
	}

	/** What the payer has not signed for and is more than was signed for ends. */
	private void refuseForWhatWasUsed(NewSession added) {
		if (added.isOfADefault()) {
			throw RegistrationException.conflict("the user could not pay what was promised with this approve");
		}
		if (added.isOfARevoked()) {
			throw RegistrationException.conflict("the operator has closed the session of this approve");
		}
		Session replaced = added.replaced();
		if (replaced != null && added.isUsedUp()) {
			this.store.end(replaced.key(), SessionEnd.SUPERSEDED);
			throw RegistrationException.conflict("more than 'cap' was used of the approve without a 'proof'");
		}
	}

	private static List<Session> others(NewSession added, List<Session> seen) {
		Session replaced = added.replaced();
		return (replaced == null) ? seen
				: seen.stream().filter((session) -> !session.key().equals(replaced.key())).toList();
	}

}

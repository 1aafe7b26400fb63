package io.github.x402sessions.client.approval;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.SimulatedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.TrustlineCheck;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.Health;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transaction.SequenceNumber;

/**
 * The chain as a payer sees it who wants to approve a spender: prepare, sign elsewhere,
 * submit. Thread-safe.
 */
public final class ApprovalChain {

	/**
	 * The least bid for a place in a ledger, stroops. The network charges its going rate,
	 * in quiet times 100, and never more than the bid.
	 */
	private static final long LEAST_BID = 10_000;

	/** What is bid at most, whatever others bid: 0.05 XLM, stroops. */
	private static final long DEAREST_BID = 500_000;

	private final StellarRpc rpc;

	private final LedgerState ledger;

	private final Approvals approvals;

	private final Network network;

	private final ApprovalTimeouts timeouts;

	private final Clock clock;

	/**
	 * Create a view of the chain. Nothing is sent yet.
	 * @param rpcUrl the JSON-RPC endpoint
	 * @param network the network that it must belong to
	 * @param http the exchange to use
	 * @param timeouts how long to wait for a ledger
	 */
	public ApprovalChain(URI rpcUrl, Network network, JsonHttp http, ApprovalTimeouts timeouts) {
		this.rpc = new HttpStellarRpc(rpcUrl, http.client(), http.timeout());
		this.ledger = new LedgerState(this.rpc, network.passphrase());
		this.approvals = new Approvals(this.rpc, network.passphrase());
		this.network = network;
		this.timeouts = timeouts;
		this.clock = Clock.systemUTC();
	}

	/**
	 * Prepare an approval: nothing is signed or sent.
	 * @param terms what is allowed
	 * @return the transaction to sign
	 * @throws ChainException if the chain gives no usable answer, is another network, or
	 * would not accept the approval
	 */
	public UnsignedApproval prepare(ApprovalTerms terms) {
		checkNetwork();
		Health health = this.rpc.health();
		long expirationLedger = terms.lastLedger(health.latestLedger() + terms.ledgers());
		return SimulatedApproval.of(this.rpc, terms, expirationLedger, PayerAccount.sequence(this.ledger, terms.user()),
				health.time(this.clock) + this.timeouts.validity().toSeconds(), bid(), this.network);
	}

	/**
	 * Ask how far the chain is.
	 * @return the latest ledger
	 * @throws ChainException if the chain gives no usable answer
	 */
	public long latestLedger() {
		return this.rpc.health().latestLedger();
	}

	/**
	 * Require that who approves could pay, which the approval itself does not need.
	 * @param terms what is allowed
	 * @throws ChainException if the chain gives no usable answer, or the account has no
	 * trustline for the asset or may not use it
	 */
	public void requireAbleToPay(ApprovalTerms terms) {
		new TrustlineCheck(terms.user(), terms.asset(), this.network.passphrase()).require(this.rpc);
	}

	/** A server that does not say what others bid is no reason not to bid. */
	private long bid() {
		try {
			return Math.min(DEAREST_BID, Math.max(LEAST_BID, this.rpc.inclusionFee()));
		}
		catch (ChainException ex) {
			return LEAST_BID;
		}
	}

	/**
	 * Send an approval and wait until it is on the ledger or can no longer be.
	 * @param approval the signed transaction
	 * @return what became of it
	 */
	public ApprovalOutcome submit(SignedApproval approval) {
		return submission(approval).await();
	}

	/**
	 * Look for an approval that was sent before and wait until it is on the ledger or can
	 * no longer be. Nothing is sent.
	 * @param approval the signed transaction
	 * @return what became of it
	 */
	public ApprovalOutcome watch(SignedApproval approval) {
		return submission(approval).watch();
	}

	private ApprovalSubmission submission(SignedApproval approval) {
		return new ApprovalSubmission(this.rpc, approval, this.timeouts, this.clock, () -> isNumberUsed(approval));
	}

	private boolean isNumberUsed(SignedApproval approval) {
		SequenceNumber used = SequenceNumber.of(approval.envelope(), this.network.passphrase());
		return used != null && PayerAccount.sequence(this.ledger, used.account()) >= used.number();
	}

	/**
	 * Look for an approval of which only the hash is known, for as long as it could take
	 * to land.
	 * @param hash the transaction's hash, hex
	 * @return the approval, or empty if the chain does not know it
	 * @throws ChainException if the chain gives no usable answer
	 * @throws IllegalArgumentException if the transaction is no approval
	 */
	public Optional<LandedApproval> find(String hash) {
		checkNetwork();
		Instant giveUp = this.clock.instant().plus(this.timeouts.giveUpAfter());
		TransactionLookup found = this.rpc.transaction(hash);
		while (isMissing(found) && this.clock.instant().isBefore(giveUp) && this.timeouts.pause()) {
			found = this.rpc.transaction(hash);
		}
		return isMissing(found) ? Optional.empty() : Optional.of(LandedApproval.read(hash, found, this.approvals));
	}

	private static boolean isMissing(TransactionLookup found) {
		return found.status() == TransactionLookup.Status.NOT_FOUND;
	}

	private void checkNetwork() {
		if (!this.network.passphrase().equals(this.rpc.networkPassphrase())) {
			throw new ChainException("the RPC server belongs to another network than " + this.network.id(), null);
		}
	}

}

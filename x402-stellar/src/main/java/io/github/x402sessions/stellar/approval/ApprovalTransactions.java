package io.github.x402sessions.stellar.approval;

import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.CallTransaction;
import io.github.x402sessions.stellar.transaction.Signing;
import io.github.x402sessions.stellar.transaction.UnsignedTransaction;
import io.github.x402sessions.stellar.transfer.Footprint;
import io.github.x402sessions.stellar.transfer.Resources;
import io.github.x402sessions.stellar.xdr.ContractCall;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;

/**
 * Builds the approvals that payers sign, and reads what they have signed. Thread-safe.
 */
public final class ApprovalTransactions {

	/** A payer signs for no more than this, and what is more is not sponsored. */
	private static final long DEAREST_BID = 500_000;

	private final StellarRpc rpc;

	private final Network network;

	private final FeePolicy fees;

	private final ReceivedApprovalReader reader;

	private final Sponsorship sponsorship;

	/**
	 * Create it.
	 * @param rpc the node to simulate on
	 * @param passphrase the network's passphrase
	 * @param spender says who pays the fee of what is sponsored
	 * @param fees says what to bid
	 * @param budget how much of that it pays
	 */
	public ApprovalTransactions(StellarRpc rpc, String passphrase, Supplier<? extends AccountSigner> spender,
			FeePolicy fees, SponsorshipBudget budget) {
		this.rpc = rpc;
		this.fees = fees;
		this.network = new Network(passphrase);
		this.reader = new ReceivedApprovalReader(this.network);
		this.sponsorship = new Sponsorship(rpc, this.network, spender, budget);
	}

	/**
	 * Build an approval for its payer to sign.
	 * @param approve what is to be approved
	 * @param account the payer's account, whose next transaction it is to be
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @return the transaction
	 * @throws MalformedMessageException if the chain would refuse it
	 * @throws RpcException if the node does not say, or says what cannot be right
	 */
	public UnsignedTransaction build(ApproveCall approve, AccountState account, long maxTime) {
		CallTransaction transaction = new CallTransaction(approve.operation(), approve.from(), account.sequence(),
				maxTime, this.network);
		Simulation simulation = this.rpc.simulate(transaction.unsimulated().toEnvelopeXdrBase64());
		String data = simulation.transactionData();
		if (data == null) {
			throw new MalformedMessageException(
					"the chain refuses the approve; is 'expirationLedger' too far in the future?");
		}
		Resources resources = Resources.check(data, simulation.minResourceFee(),
				Footprint.ofApprove(approve.asset(), approve.from(), approve.spender()));
		Transaction built = transaction.with(resources.data(), bid() + resources.resourceFee());
		Signing unsigned = new Signing(built, resources.archived(), this.network);
		return new UnsignedTransaction(unsigned.hash(), unsigned.envelope());
	}

	/**
	 * Build the approval of a contract, for it to authorise. What it then costs is known
	 * only with its signature, by a simulation that runs its {@code __check_auth}: that,
	 * the fee and the envelope's signature are the source's business.
	 * @param approve what is to be approved
	 * @param source the account that is to send it
	 * @param account that account, whose next transaction it is to be
	 * @param signedUntil the last ledger that takes the contract's signature
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @return the transaction, without resources and signatures
	 */
	public UnsignedTransaction buildForContract(ApproveCall approve, String source, AccountState account,
			long signedUntil, long maxTime) {
		InvokeHostFunctionOperation call = ContractCall.authorisedBy(approve.from(), signedUntil, approve.operation());
		CallTransaction transaction = new CallTransaction(call, source, account.sequence(), maxTime, this.network);
		return new UnsignedTransaction(null, transaction.with(null, FeePolicy.LEAST).toEnvelopeXdrBase64());
	}

	private long bid() {
		return Math.min(DEAREST_BID, this.fees.bid());
	}

	/**
	 * Read an approval that its payer has signed.
	 * @param envelope the envelope's XDR, base64
	 * @return the approval
	 * @throws MalformedMessageException if it is anything but one approval by its own
	 * source
	 */
	public ReceivedApproval read(String envelope) {
		return this.reader.read(envelope);
	}

	/**
	 * Return the envelope that sends an approval.
	 * @param approve the approval
	 * @param sponsored whether we pay its fee
	 * @return the envelope's XDR, base64; always the same for the same approval
	 * @throws MalformedMessageException if its fee is not worth paying
	 * @throws RpcException if the node does not say what it costs
	 * @throws SigningException if there is no signature of ours now
	 */
	public String envelope(ReceivedApproval approve, boolean sponsored) {
		return sponsored ? this.sponsorship.envelope(approve) : approve.transaction().toEnvelopeXdrBase64();
	}

}

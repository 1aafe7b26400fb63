package io.github.x402sessions.stellar.transfer;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.Token;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transaction.Signing;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Account;
import org.stellar.sdk.LedgerBounds;
import org.stellar.sdk.Network;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;

/**
 * Builds and signs transfers. A simulation is asked for resources only, once for each
 * asset, payer and recipient; whoever learns that they no longer do says {@link #forget}.
 * Thread-safe.
 */
public final class Transfers implements TransferMethod {

	/** What the resources of a transfer cost at most, stroops. */
	public static final long DEAREST = Resources.DEAREST;

	/** What a transfer from a channel account costs besides its place, stroops. */
	public static final long USUAL_RESOURCE_FEE = 19_000;

	private static final long LAST_LEDGER = 0xffff_ffffL;

	private static final int REMEMBERED = 10_000;

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final Network network;

	private final AccountSigner spender;

	private final FeePolicy fees;

	private final Map<Parties, Resources> remembered = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Parties, Resources> eldest) {
			return size() > REMEMBERED;
		}

	};

	/**
	 * Create a builder of transfers.
	 * @param rpc the node to simulate on
	 * @param chain reads the asset contracts
	 * @param passphrase the network's passphrase
	 * @param spender signs, and spends
	 * @param fees says what to bid
	 */
	public Transfers(StellarRpc rpc, LedgerState chain, String passphrase, AccountSigner spender, FeePolicy fees) {
		this.rpc = rpc;
		this.chain = chain;
		this.network = new Network(passphrase);
		this.spender = spender;
		this.fees = fees;
	}

	@Override
	public boolean coalesces() {
		return true;
	}

	@Override
	public String spender() {
		return this.spender.address();
	}

	@Override
	public SignedTransaction sign(Transfer transfer, AccountSigner source, long sequence, long maxTime,
			long lastLedger) {
		Resources resources = resources(transfer);
		Transaction transaction = build(transfer, source.address(), sequence, TransactionPreconditions.builder()
			.timeBounds(new TimeBounds(0, maxTime))
			.ledgerBounds(LedgerBounds.builder().minLedger(0).maxLedger(Math.min(lastLedger + 1, LAST_LEDGER)).build())
			.build(), resources);
		Signing signing = new Signing(transaction, resources.archived(), this.network);
		signing.sign(this.spender, SigningPurpose.TRANSFER);
		if (!source.address().equals(this.spender.address())) {
			signing.sign(source, SigningPurpose.TRANSFER);
		}
		return new SignedTransaction(signing.hash(), signing.envelope(), source.address(), sequence, maxTime);
	}

	@Override
	public @Nullable TransferFailure diagnose(Transfer transfer) {
		Simulation simulation = simulate(transfer);
		return (simulation.error() != null) ? TransferFailure.of(simulation.contractError()) : null;
	}

	/**
	 * Forget what transfers between the same parties cost.
	 * @param transfer one of those transfers
	 */
	public void forget(Transfer transfer) {
		synchronized (this.remembered) {
			this.remembered.remove(transfer.parties());
		}
	}

	/**
	 * Forget what all transfers cost: the network's prices have changed.
	 */
	public void forgetAll() {
		synchronized (this.remembered) {
			this.remembered.clear();
		}
	}

	private Resources resources(Transfer transfer) {
		Parties parties = transfer.parties();
		synchronized (this.remembered) {
			Resources known = this.remembered.get(parties);
			if (known != null) {
				return known;
			}
		}
		Resources resources = estimate(transfer);
		if (resources.archived().isEmpty()) {
			synchronized (this.remembered) {
				this.remembered.put(parties, resources);
			}
		}
		return resources;
	}

	private Resources estimate(Transfer transfer) {
		Token token = this.chain.token(transfer.asset())
			.orElseThrow(() -> new RpcException("the asset's contract cannot be read", null));
		Simulation simulation = simulate(transfer);
		String data = simulation.transactionData();
		if (data == null) {
			throw new TransferFailsException(TransferFailure.of(simulation.contractError()));
		}
		return Resources.check(data, simulation.minResourceFee(),
				Footprint.of(token, transfer, this.spender.address()));
	}

	private Simulation simulate(Transfer transfer) {
		TransactionPreconditions none = TransactionPreconditions.builder().timeBounds(new TimeBounds(0, 0)).build();
		return this.rpc.simulate(build(transfer, this.spender.address(), 1, none, null).toEnvelopeXdrBase64());
	}

	private Transaction build(Transfer transfer, String source, long sequence, TransactionPreconditions conditions,
			@Nullable Resources resources) {
		TransactionBuilder builder = new TransactionBuilder(new Account(source, sequence - 1), this.network)
			.addOperation(TransferFrom.operation(transfer, this.spender.address()))
			.addPreconditions(conditions)
			.setBaseFee((resources != null) ? this.fees.bid() + resources.resourceFee() : FeePolicy.LEAST);
		if (resources != null) {
			builder.setSorobanData(resources.data());
		}
		return builder.build();
	}

}

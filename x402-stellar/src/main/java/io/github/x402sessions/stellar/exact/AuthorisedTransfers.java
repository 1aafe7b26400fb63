package io.github.x402sessions.stellar.exact;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.Token;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferFailsException;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.ResourceExtension;
import io.github.x402sessions.stellar.xdr.WireAddress;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Network;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;

/**
 * Makes transfers that payers have signed, in transactions of the facilitator's accounts,
 * which pay the fee and authorise nothing. Each is simulated anew, and is made only if it
 * moves what it should and nothing else. Thread-safe.
 */
public final class AuthorisedTransfers {

	/** Nodes differ by so many ledgers. */
	private static final long TOLERANCE = 2;

	private static final long MARGIN_PERCENT = 20;

	private static final long LAST_LEDGER = 0xffff_ffffL;

	private static final int MOST_RESOURCES = 64 * 1024;

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final Network network;

	private final String asker;

	private final FeePolicy fees;

	private final long ceiling;

	/**
	 * Create it.
	 * @param rpc the node to simulate on
	 * @param chain reads the asset contracts
	 * @param passphrase the network's passphrase
	 * @param asker an account to simulate as
	 * @param fees says what to bid
	 * @param ceiling the most that a transfer may cost in all, stroops
	 */
	public AuthorisedTransfers(StellarRpc rpc, LedgerState chain, String passphrase, String asker, FeePolicy fees,
			long ceiling) {
		this.rpc = rpc;
		this.chain = chain;
		this.network = new Network(passphrase);
		this.asker = asker;
		this.fees = fees;
		this.ceiling = Math.min(ceiling, Integer.MAX_VALUE);
	}

	/**
	 * Check that the chain would make a transfer now, and nothing else by it. Nothing is
	 * signed.
	 * @param signed the transfer
	 * @throws ExactRefusedException if not
	 * @throws RpcException if the node does not say, or says what cannot be right
	 */
	public void check(SignedTransfer signed) {
		long latest = this.rpc.latestLedger().sequence();
		long most = LedgerTime.ledgers(Duration.ofSeconds(Math.min(signed.maxTimeoutSeconds(), LAST_LEDGER)));
		require(signed.lastLedger() > latest, ExactRefusal.SIMULATION_FAILED);
		require(signed.lastLedger() <= latest + most + TOLERANCE, ExactRefusal.EXPIRATION_TOO_FAR);
		checked(signed, simulate(signed));
	}

	/**
	 * Return how a transfer is made.
	 * @param signed the transfer
	 * @return its method, which makes no other one
	 */
	public TransferMethod method(SignedTransfer signed) {
		return new Method(signed);
	}

	private Simulation simulate(SignedTransfer signed) {
		return this.rpc.simulate(new SponsoredTransaction(signed, this.network).question(this.asker));
	}

	private Needs checked(SignedTransfer signed, Simulation simulation) {
		Transfer transfer = signed.transfer();
		String data = simulation.transactionData();
		if (simulation.error() != null || data == null) {
			throw new ExactRefusedException(ExactRefusal.SIMULATION_FAILED);
		}
		Token token = this.chain.token(transfer.asset())
			.orElseThrow(() -> new RpcException("the asset's contract cannot be read", null));
		String to = WireAddress.account(transfer.to());
		require(!transfer.from().equals(token.issuer()) && !to.equals(token.issuer()), ExactRefusal.EVENT_NOT_TRANSFER);
		SimulatedEvents.require(simulation.events(), transfer);
		ResourceExtension read = (data.length() <= MOST_RESOURCES) ? ResourceExtension.read(data) : null;
		if (read == null || simulation.minResourceFee() < 0) {
			throw new RpcException("the simulated resources cannot be read", null);
		}
		requireOwnEntries(signed, token, read);
		require(simulation.minResourceFee() <= this.ceiling, ExactRefusal.FEE_EXCEEDS_MAXIMUM);
		long resourceFee = simulation.minResourceFee() + simulation.minResourceFee() * MARGIN_PERCENT / 100;
		long fee = this.fees.bid() + resourceFee;
		require(fee <= this.ceiling, ExactRefusal.FEE_EXCEEDS_MAXIMUM);
		byte[] resources = Base64.getDecoder().decode(data);
		ByteBuffer.wrap(resources).putLong(resources.length - Long.BYTES, resourceFee);
		return new Needs(resources, fee);
	}

	/** What is only read costs, and changes nothing. */
	private static void requireOwnEntries(SignedTransfer signed, Token token, ResourceExtension read) {
		String from = signed.transfer().from();
		Set<@Nullable LedgerKey> own = new HashSet<>();
		own.add(Balance.key(token, from));
		own.add(Balance.key(token, WireAddress.account(signed.transfer().to())));
		own.add(LedgerKeys.nonce(from, signed.nonce()));
		LedgerKey[] written = read.data().getResources().getFootprint().getReadWrite();
		for (int i = 0; i < written.length; i++) {
			if (!own.contains(written[i]) && !read.archived().contains(i) && !isDataOf(from, written[i])) {
				throw new RpcException("the simulation touches entries that the call does not", null);
			}
		}
	}

	/** Whether it is what a contract account keeps for itself. */
	private static boolean isDataOf(String payer, LedgerKey key) {
		return payer.startsWith("C") && key.getDiscriminant() == LedgerEntryType.CONTRACT_DATA
				&& key.getContractData().getContract().equals(Scv.toAddress(payer).getAddress());
	}

	private static void require(boolean condition, ExactRefusal otherwise) {
		if (!condition) {
			throw new ExactRefusedException(otherwise);
		}
	}

	/** What a transaction needs: its resources, and its fee in stroops. */
	@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
	private record Needs(byte[] resources, long fee) {
	}

	private final class Method implements TransferMethod {

		private final SignedTransfer signed;

		private Method(SignedTransfer signed) {
			this.signed = signed;
		}

		@Override
		public boolean coalesces() {
			return false;
		}

		@Override
		public @Nullable String spender() {
			return null;
		}

		@Override
		public SignedTransaction sign(Transfer transfer, AccountSigner source, long sequence, long maxTime,
				long lastLedger) {
			requireSame(transfer);
			Simulation simulation = simulate(this.signed);
			try {
				Needs needs = checked(this.signed, simulation);
				long last = Math.min(lastLedger, this.signed.lastLedger());
				return new SponsoredTransaction(this.signed, AuthorisedTransfers.this.network).signed(source, sequence,
						maxTime, Math.min(last + 1, LAST_LEDGER), needs.resources(), needs.fee());
			}
			catch (ExactRefusedException ex) {
				throw new TransferFailsException(TransferFailure.of(simulation.contractError()));
			}
		}

		@Override
		public @Nullable TransferFailure diagnose(Transfer transfer) {
			requireSame(transfer);
			Simulation simulation = simulate(this.signed);
			return (simulation.error() != null) ? TransferFailure.of(simulation.contractError()) : null;
		}

		private void requireSame(Transfer transfer) {
			if (!Objects.equals(transfer, this.signed.transfer())) {
				throw new IllegalArgumentException("the payer has signed another transfer");
			}
		}

	}

}

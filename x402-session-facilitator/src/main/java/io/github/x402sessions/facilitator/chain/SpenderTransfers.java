package io.github.x402sessions.facilitator.chain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import io.github.x402sessions.stellar.transfer.Transfers;

/**
 * Transfers by the spenders: each takes what was allowed to it, and the key that it has
 * at that moment signs. Thread-safe.
 */
public final class SpenderTransfers {

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final String passphrase;

	private final Spenders spenders;

	private final FeePolicy fees;

	private final Map<String, Transfers> bySpender = new ConcurrentHashMap<>();

	/**
	 * Create them.
	 * @param rpc the node to simulate on
	 * @param chain reads the asset contracts
	 * @param passphrase the network's passphrase
	 * @param spenders sign, and spend
	 * @param fees says what to bid
	 */
	public SpenderTransfers(StellarRpc rpc, LedgerState chain, String passphrase, Spenders spenders, FeePolicy fees) {
		this.rpc = rpc;
		this.chain = chain;
		this.passphrase = passphrase;
		this.spenders = spenders;
		this.fees = fees;
	}

	/**
	 * Return how what a spender was allowed is transferred. Of one whose key is not here
	 * nothing can be signed.
	 * @param spender the spender's address
	 * @return the method, the same for the same spender
	 */
	public TransferMethod of(String spender) {
		return this.bySpender.computeIfAbsent(spender,
				(address) -> new Transfers(this.rpc, this.chain, this.passphrase, new Held(address), this.fees));
	}

	/**
	 * Forget what transfers between the same parties cost.
	 * @param transfer one of those transfers
	 */
	public void forget(Transfer transfer) {
		this.bySpender.values().forEach((transfers) -> transfers.forget(transfer));
	}

	/** Forget what all transfers cost: the network's prices have changed. */
	public void forgetAll() {
		this.bySpender.values().forEach(Transfers::forgetAll);
	}

	/** Whoever signs for a spender now. */
	private final class Held implements AccountSigner {

		private final String address;

		private Held(String address) {
			this.address = address;
		}

		@Override
		public String address() {
			return this.address;
		}

		@Override
		public byte[] sign(byte[] hash, SigningPurpose purpose) {
			return SpenderTransfers.this.spenders.find(this.address)
				.orElseThrow(
						() -> new SigningException("the key of the spender " + this.address + " is not here", null))
				.sign(hash, purpose);
		}

	}

}

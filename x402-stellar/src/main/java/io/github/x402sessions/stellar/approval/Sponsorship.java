package io.github.x402sessions.stellar.approval;

import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.fee.FeeBump;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.Signing;
import io.github.x402sessions.stellar.xdr.ResourceExtension;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.SorobanResources;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Uint32;

/**
 * Pays the fee of a payer's approve. What would be dear, or would fail and cost us its
 * fee for nothing, is refused before. Thread-safe.
 */
final class Sponsorship {

	/** 0.15 XLM, stroops: an approval for 180 days costs about a third. */
	private static final long CEILING = 1_500_000;

	private final StellarRpc rpc;

	private final Network network;

	private final Supplier<? extends AccountSigner> spender;

	private final SponsorshipBudget budget;

	Sponsorship(StellarRpc rpc, Network network, Supplier<? extends AccountSigner> spender, SponsorshipBudget budget) {
		this.budget = budget;
		this.rpc = rpc;
		this.network = network;
		this.spender = spender;
	}

	/**
	 * Return the envelope to send.
	 * @throws MalformedMessageException if the approval is not worth its fee
	 * @throws RpcException if the node does not say
	 */
	String envelope(ReceivedApproval approve) {
		Transaction inner = approve.transaction();
		require(isSignedByItsSource(inner), "is not signed by its account's own key, and only then its fee is paid");
		require(FeeBump.fee(inner) <= CEILING, "bids more than the fee that this facilitator pays");
		Simulation simulation = this.rpc.simulate(inner.toEnvelopeXdrBase64());
		String data = simulation.transactionData();
		if (data == null) {
			throw new MalformedMessageException("'transaction' would fail on the chain");
		}
		ResourceExtension needed = ResourceExtension.read(data);
		if (needed == null) {
			throw new RpcException("the simulated resources cannot be read", null);
		}
		SorobanTransactionData declared = inner.getSorobanData();
		require(declared.getResourceFee().getInt64() >= simulation.minResourceFee()
				&& covers(declared.getResources(), needed.data().getResources()),
				"declares fewer resources than it needs now: ask for another quote");
		if (!this.budget.take(inner.getSourceAccount(), inner.hashHex(), FeeBump.fee(inner))) {
			throw new MalformedMessageException("this facilitator pays no more fees today: send the approve yourself "
					+ "and register it by its hash, 'approvalTxHash'");
		}
		AccountSigner payer = this.spender.get();
		FeeBumpTransaction bump = FeeBump.of(inner, payer.address(), this.network);
		Signing.sign(bump, payer, SigningPurpose.SPONSORSHIP);
		return bump.toEnvelopeXdrBase64();
	}

	/** Before anything is counted: a budget that strangers can use up is none. */
	private static boolean isSignedByItsSource(Transaction transaction) {
		KeyPair source = KeyPair.fromAccountId(transaction.getSourceAccount());
		byte[] hash = transaction.hash();
		return transaction.getSignatures()
			.stream()
			.anyMatch((decorated) -> source.verify(hash, decorated.getSignature().getSignature()));
	}

	private static boolean covers(SorobanResources declared, SorobanResources needed) {
		return number(declared.getInstructions()) >= number(needed.getInstructions())
				&& number(declared.getReadBytes()) >= number(needed.getReadBytes())
				&& number(declared.getWriteBytes()) >= number(needed.getWriteBytes());
	}

	private static long number(Uint32 value) {
		return value.getUint32().getNumber();
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new MalformedMessageException("'transaction' " + problem);
		}
	}

}

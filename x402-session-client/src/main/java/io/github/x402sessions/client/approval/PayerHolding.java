package io.github.x402sessions.client.approval;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import io.github.x402sessions.client.approval.rpc.Simulation;
import io.github.x402sessions.client.approval.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.stellar.sdk.Account;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * An account's ability to pay with an asset at all. The asset's own contract knows: it
 * lets anybody approve, and tells only when the first call is to be paid that there is no
 * trustline.
 *
 * @param account the account that pays
 * @param asset the asset's contract id
 * @param passphrase the network's passphrase
 */
record PayerHolding(String account, String asset, String passphrase) {

	/** What a Stellar Asset Contract answers for an account without a trustline. */
	private static final Pattern MISSING = Pattern.compile("Error\\(Contract, #13\\)");

	/**
	 * Require that it could. Contracts that are no asset's of Stellar have no such
	 * function, and no trustlines.
	 * @throws ChainException if it could not; the message names account and asset
	 */
	void require(StellarRpc rpc) {
		Simulation answer = rpc.simulate(question().toEnvelopeXdrBase64());
		if (answer.error() != null && MISSING.matcher(answer.error()).find()) {
			throw new ChainException("account " + this.account + " has no trustline for the asset " + this.asset
					+ "; it has to be opened first", null);
		}
		if (answer.error() == null && answer.results().stream().anyMatch(PayerHolding::isNo)) {
			throw new ChainException("account " + this.account + " may not move the asset " + this.asset
					+ ": its issuer has not authorised the trustline", null);
		}
	}

	private Transaction question() {
		InvokeHostFunctionOperation authorized = InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.asset, "authorized", List.of(Scv.toAddress(this.account)))
			.build();
		return new TransactionBuilder(new Account(this.account, 0L), new Network(this.passphrase))
			.setBaseFee(Transaction.MIN_BASE_FEE)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, 0)).build())
			.addOperation(authorized)
			.build();
	}

	private static boolean isNo(Simulation.Returned returned) {
		if (returned.xdr() == null) {
			return false;
		}
		try {
			SCVal value = SCVal.fromXdrBase64(returned.xdr());
			return value.getDiscriminant() == SCValType.SCV_BOOL && !Scv.fromBoolean(value);
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

}

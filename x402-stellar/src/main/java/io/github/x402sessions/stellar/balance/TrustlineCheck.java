package io.github.x402sessions.stellar.balance;

import java.util.List;

import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.CallTransaction;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * Checks that an account is able to pay with an asset at all. The asset's own contract
 * knows: it lets anybody approve, and tells only when the first call is to be paid that
 * there is no trustline.
 *
 * @param account the account that pays
 * @param asset the asset's contract id
 * @param passphrase the network's passphrase
 */
public record TrustlineCheck(String account, String asset, String passphrase) {

	/**
	 * Require that it could. Contracts that are no asset's of Stellar have no such
	 * function, and no trustlines.
	 * @param rpc the node to ask
	 * @throws ChainException if it could not; the message names account and asset
	 */
	public void require(StellarRpc rpc) {
		Simulation answer = rpc.simulate(question().toEnvelopeXdrBase64());
		if (TransferFailure.of(answer.contractError()) == TransferFailure.TRUSTLINE) {
			throw new ChainException("account " + this.account + " has no trustline for the asset " + this.asset
					+ "; it has to be opened first", null);
		}
		if (answer.error() == null && answer.returned().stream().anyMatch(TrustlineCheck::isNo)) {
			throw new ChainException("account " + this.account + " may not move the asset " + this.asset
					+ ": its issuer has not authorised the trustline", null);
		}
	}

	private Transaction question() {
		InvokeHostFunctionOperation authorized = InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.asset, "authorized", List.of(Scv.toAddress(this.account)))
			.build();
		return new CallTransaction(authorized, this.account, 0, 0, new Network(this.passphrase)).unsimulated();
	}

	private static boolean isNo(String returned) {
		SCVal value = Xdr.read(returned, SCVal::fromXdrBase64);
		return value != null && value.getDiscriminant() == SCValType.SCV_BOOL && !Scv.fromBoolean(value);
	}

}

package io.github.x402sessions.client.approval;

import java.math.BigInteger;

import io.github.x402sessions.client.approval.rpc.FoundTransaction;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.xdr.Envelopes;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Address;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * An approval that was found on the chain.
 *
 * @param approval the transaction
 * @param success whether it took effect
 * @param user who approved
 * @param spender who may spend
 * @param asset the asset's contract id
 * @param amount what was approved, base units
 * @param expirationLedger the last ledger in which it can be spent
 */
public record LandedApproval(SignedApproval approval, boolean success, String user, String spender, String asset,
		BigInteger amount, long expirationLedger) {

	static LandedApproval read(String hash, FoundTransaction found, String passphrase) {
		String envelope = found.envelopeXdr();
		if (envelope == null) {
			throw new ChainException("the RPC server does not show the transaction " + hash, null);
		}
		Transaction transaction = transaction(envelope, passphrase);
		try {
			return read(new SignedApproval(hash, envelope, 0), "SUCCESS".equals(found.status()), transaction);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("the transaction " + hash + " is no approval", ex);
		}
	}

	private static LandedApproval read(SignedApproval approval, boolean success, Transaction transaction) {
		InvokeHostFunctionOperation operation = (InvokeHostFunctionOperation) transaction.getOperations()[0];
		InvokeContractArgs call = operation.getHostFunction().getInvokeContract();
		SCVal[] arguments = call.getArgs();
		String function = call.getFunctionName().getSCSymbol().toString();
		if (operation.getHostFunction().getDiscriminant() != HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT
				|| !"approve".equals(function) || arguments.length != 4
				|| !transaction.hashHex().equals(approval.hash())) {
			throw new IllegalArgumentException("it calls " + function);
		}
		return new LandedApproval(approval, success, Scv.fromAddress(arguments[0]).toString(),
				Scv.fromAddress(arguments[1]).toString(), Address.fromSCAddress(call.getContractAddress()).toString(),
				Scv.fromInt128(arguments[2]), Scv.fromUint32(arguments[3]));
	}

	/**
	 * A facilitator that pays the fee wraps the payer's transaction in its own. What
	 * cannot be read may be an approval all the same, of a kind newer than the SDK.
	 */
	private static Transaction transaction(String envelope, String passphrase) {
		try {
			AbstractTransaction read = Envelopes.read(envelope, passphrase);
			return (read instanceof FeeBumpTransaction bump) ? bump.getInnerTransaction() : (Transaction) read;
		}
		catch (IllegalArgumentException ex) {
			throw new ChainException("the transaction, as the RPC server shows it, cannot be read", ex);
		}
	}

}

package io.github.x402sessions.stellar.approval;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.CallTransaction;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.xdr.ContractCall;
import io.github.x402sessions.stellar.xdr.Xdr;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanCredentialsType;

/**
 * Asks whether a contract account has signed a text. SEP-53 is for keys; whose signature
 * a contract takes is the business of its {@code __check_auth}, and what its wallet can
 * sign is the authorisation of a call. So it authorises a transfer of nothing to the
 * recipient, by a nonce that is made from the text, and the node runs
 * {@code __check_auth} on that in a simulation. Nothing is sent, and whoever sent it
 * would move nothing. Thread-safe.
 */
public final class ContractConsent {

	private final StellarRpc rpc;

	private final Network network;

	private final String source;

	/**
	 * Create it.
	 * @param rpc the node to simulate on
	 * @param passphrase the network's passphrase
	 * @param source an account to simulate as, which authorises nothing by that
	 */
	public ContractConsent(StellarRpc rpc, String passphrase, String source) {
		this.rpc = rpc;
		this.network = new Network(passphrase);
		this.source = source;
	}

	/**
	 * Tell whether a contract has signed a text.
	 * @param text the text
	 * @param parties the asset that it is about, the contract, and the recipient
	 * @param authorisation the signed entry's XDR, base64
	 * @return whether it did; false for anything that is no such entry
	 * @throws RpcException if the node does not say
	 */
	public boolean isGiven(String text, Parties parties, String authorisation) {
		SorobanAuthorizationEntry entry = Xdr.read(authorisation, ContractConsent::entry);
		InvokeHostFunctionOperation call = ContractCall.operation(parties.asset(), "transfer", null,
				Scv.toAddress(parties.from()), Scv.toAddress(parties.to()), Scv.toInt128(BigInteger.ZERO));
		return entry != null && call.getAuth().get(0).getRootInvocation().equals(entry.getRootInvocation())
				&& isOf(parties.from(), text, entry) && isAccepted(call, entry);
	}

	private static SorobanAuthorizationEntry entry(String base64) throws IOException {
		byte[] bytes = Base64.getDecoder().decode(base64);
		new XdrCursor(bytes).authorisation();
		return SorobanAuthorizationEntry.fromXdrByteArray(bytes);
	}

	private static boolean isOf(String contract, String text, SorobanAuthorizationEntry entry) {
		if (entry.getCredentials().getDiscriminant() != SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS) {
			return false;
		}
		SorobanAddressCredentials credentials = entry.getCredentials().getAddress();
		return Scv.toAddress(contract).getAddress().equals(credentials.getAddress())
				&& credentials.getNonce().getInt64() == nonce(text);
	}

	/** Return the nonce: the first 8 bytes of the text's SHA-256. */
	static long nonce(String text) {
		return ByteBuffer.wrap(Sha256.of(text)).getLong();
	}

	private boolean isAccepted(InvokeHostFunctionOperation call, SorobanAuthorizationEntry entry) {
		CallTransaction question = new CallTransaction(call.toBuilder().auth(List.of(entry)).build(), this.source, 0, 0,
				this.network);
		return this.rpc.simulate(question.unsimulated().toEnvelopeXdrBase64()).transactionData() != null;
	}

}

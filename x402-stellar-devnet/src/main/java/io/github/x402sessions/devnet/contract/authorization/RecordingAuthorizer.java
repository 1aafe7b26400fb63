package io.github.x402sessions.devnet.contract.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.InstructionCost;
import io.github.x402sessions.devnet.contract.runtime.InstructionMeter;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.Address;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * Records the authorization that a simulated call needs. The source account agrees by its
 * signature on the transaction, any other address has to sign the entry, whether it can
 * or not.
 */
public final class RecordingAuthorizer implements Authorizer {

	private static final SorobanCredentials OF_SOURCE = new SorobanCredentials.Builder()
		.discriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT)
		.build();

	private final String source;

	private final boolean naming;

	private final List<Authorization> entries = new ArrayList<>();

	private final List<String> asked = new ArrayList<>();

	/**
	 * Creates the authorizer of one operation.
	 * @param source the operation's source account
	 * @param naming whether accounts are asked for credentials that name them
	 */
	public RecordingAuthorizer(String source, boolean naming) {
		this.source = source;
		this.naming = naming;
	}

	/** There are no entries yet. */
	@Override
	public void accept() {
	}

	@Override
	public void require(String address, Frame frame) {
		SorobanCredentials credentials = address.equals(this.source) ? OF_SOURCE : consent(address, frame.storage());
		SorobanAuthorizedFunction function = new SorobanAuthorizedFunction.Builder()
			.discriminant(SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN)
			.contractFn(frame.call())
			.build();
		SorobanAuthorizationEntry entry = new SorobanAuthorizationEntry.Builder().credentials(credentials)
			.rootInvocation(new SorobanAuthorizedInvocation.Builder().function(function)
				.subInvocations(new SorobanAuthorizedInvocation[0])
				.build())
			.build();
		this.entries.add(Authorization.of(entry, this.naming ? CredentialsForm.NAMING : CredentialsForm.PLAIN));
	}

	/** Credentials that the address has yet to sign, with an unused nonce. */
	private SorobanCredentials consent(String address, ContractStorage storage) {
		long nonce = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
		AddressCredentials.use(storage, address, nonce, storage.maxLiveUntil());
		this.asked.add(address);
		return new SorobanCredentials.Builder().discriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS)
			.address(new SorobanAddressCredentials.Builder().address(new Address(address).toSCAddress())
				.nonce(new Int64(nonce))
				.signatureExpirationLedger(new Uint32(new XdrUnsignedInteger(0L)))
				.signature(Scv.toVoid())
				.build())
			.build();
	}

	/**
	 * Looks at what the addresses will be checked by: of an account one signature by its
	 * own key is assumed, of a contract nothing is known but its instance.
	 */
	@Override
	public void returned(Frame frame) {
		InstructionMeter meter = frame.storage().meter();
		meter.charge(InstructionCost.ENTRY, this.entries.size());
		for (String address : this.asked) {
			boolean contract = Strkeys.isContract(address);
			EntryKey key = contract ? EntryKey.instance(address) : EntryKey.account(address);
			if (frame.storage().read(key) != null && !contract) {
				meter.charge(InstructionCost.SIGNATURE);
			}
		}
	}

	@Override
	public List<Authorization> entries() {
		return List.copyOf(this.entries);
	}

}

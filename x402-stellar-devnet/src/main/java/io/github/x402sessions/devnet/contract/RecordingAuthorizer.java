package io.github.x402sessions.devnet.contract;

import java.util.ArrayList;
import java.util.List;

import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;

/**
 * Writes down which authorization a simulated call needs. It knows the credentials of the
 * source account only: any other address is refused at once, as it would be in a ledger.
 */
public final class RecordingAuthorizer implements Authorizer {

	private final String source;

	private final List<SorobanAuthorizationEntry> entries = new ArrayList<>();

	public RecordingAuthorizer(String source) {
		this.source = source;
	}

	@Override
	public void require(String address, InvokeContractArgs call) {
		if (!address.equals(this.source)) {
			throw HostException.unauthorized(address);
		}
		this.entries
			.add(new SorobanAuthorizationEntry.Builder()
				.credentials(new SorobanCredentials.Builder()
					.discriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT)
					.build())
				.rootInvocation(
						new SorobanAuthorizedInvocation.Builder()
							.function(new SorobanAuthorizedFunction.Builder()
								.discriminant(
										SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN)
								.contractFn(call)
								.build())
							.subInvocations(new SorobanAuthorizedInvocation[0])
							.build())
				.build());
	}

	@Override
	public List<SorobanAuthorizationEntry> entries() {
		return List.copyOf(this.entries);
	}

}

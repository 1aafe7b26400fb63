package io.github.x402sessions.devnet;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Auth;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.Signer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consent that an account signs itself, while another one sends and pays.
 */
class AddressCredentialsTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair sender = this.chain.account();

	private final KeyPair owner = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void signedConsentLandsOnce() {
		SorobanAuthorizationEntry consent = signed(this.owner, latest() + 20);
		assertThat(this.chain.land(transaction(consent)).get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.allowance(this.owner, this.sender)).isEqualTo(7);
		assertThat(error(consent)).startsWith("HostError: Error(Auth, ExistingValue)");
	}

	@Test
	void consentIsGoodInItsLastLedgerAndNotAfter() {
		SorobanAuthorizationEntry consent = signed(this.owner, latest() + 2);
		Transaction last = transaction(consent);
		this.chain.devnet.closeLedger();
		assertThat(this.chain.land(last).get("status").asString()).isEqualTo("SUCCESS");
		SorobanAuthorizationEntry late = signed(this.owner, latest());
		this.chain.devnet.closeLedger();
		assertThat(error(late)).startsWith("HostError: Error(Auth, InvalidInput)").contains("signature has expired");
		assertThat(error(signed(this.owner, latest() + 4_000_000))).contains("signature expiration is too late");
	}

	@Test
	void signatureCoversNonceAndExpiration() {
		SorobanAuthorizationEntry renewed = signed(this.owner, latest() + 20);
		renewed.getCredentials().getAddress().setNonce(new Int64(1L));
		assertThat(error(renewed)).startsWith("HostError: Error(Auth, InvalidAction)")
			.contains("failed account authentication with error");
		assertThat(error(unsigned())).contains("failed account authentication with error");
	}

	@Test
	void oneSignerOfTwoDoesNotConsentForTheAccount() {
		KeyPair second = KeyPair.random();
		this.chain.land(ManualNetwork.signed(this.chain.build(this.owner,
				new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(second), 1)
					.setMediumThreshold(2)
					.build()),
				this.owner));
		assertThat(error(signed(this.owner, latest() + 20))).contains("failed account authentication with error");
	}

	@Test
	void anotherPayloadIsNotCovered() {
		SorobanAuthorizationEntry consent = signed(this.owner, latest() + 20);
		consent.getRootInvocation().getFunction().getContractFn().getArgs()[2] = ManualNetwork.amount(8);
		assertThat(error(consent)).contains("Unauthorized function call for address");
	}

	private SorobanAuthorizationEntry unsigned() {
		JsonNode simulated = this.chain.simulate(call(List.of()));
		String entry = simulated.at("/results/0/auth/0").asString();
		return ManualNetwork.ask(() -> SorobanAuthorizationEntry.fromXdrBase64(entry));
	}

	private SorobanAuthorizationEntry signed(KeyPair signer, long expiration) {
		return Auth.authorizeEntry(unsigned(), signer, expiration, new Network(this.chain.devnet.networkPassphrase()));
	}

	private Transaction transaction(SorobanAuthorizationEntry consent) {
		return this.chain.prepared(call(List.of(consent)), this.sender, this.sender);
	}

	private String error(SorobanAuthorizationEntry consent) {
		return this.chain.simulate(call(List.of(consent))).at("/error").asString();
	}

	private Transaction call(List<SorobanAuthorizationEntry> auth) {
		return this.chain.build(this.sender, InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.chain.devnet.usdcContract(), "approve",
					List.of(ManualNetwork.address(this.owner), ManualNetwork.address(this.sender),
							ManualNetwork.amount(7), Scv.toUint32(500L)))
			.auth(auth)
			.build());
	}

	private long latest() {
		return this.chain.devnet.latestLedger();
	}

}

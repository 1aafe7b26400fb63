package io.github.x402sessions.devnet;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.contract.authorization.CredentialsForm;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Address;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consent with delegates (CAP-71), which the SDK cannot read.
 */
class DelegatedCredentialsTests {

	private ManualNetwork chain = new ManualNetwork();

	private KeyPair sender = this.chain.account();

	private KeyPair owner = this.chain.account();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void accountConsentsByItsOwnSignature() {
		JsonNode simulated = simulate(entry(true, delegates()));
		assertThat(simulated.path("error").asString("none")).isEqualTo("none");
		assertThat(simulated.at("/results/0/auth/0").asString()).isEqualTo(XdrCodec.base64(entry(true, delegates())));

		JsonNode landed = land(entry(true, delegates()), simulated.get("transactionData").asString());

		assertThat(landed.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.allowance(this.owner, this.sender)).isEqualTo(7);
	}

	@Test
	void contractAccountDoesNotAskItsDelegates() {
		String account = this.chain.devnet.contractAccount(this.owner.getAccountId());
		byte[] entry = entry(account, true, delegates(delegate(KeyPair.random())));

		assertThat(simulate(account, entry).path("error").asString("none")).isEqualTo("none");
	}

	@Test
	void signatureOverTheFirstFormIsNone() {
		assertThat(simulate(entry(false, delegates())).get("error").asString())
			.startsWith("HostError: Error(Auth, InvalidAction)");
	}

	@Test
	void delegatesMustBeInTheirOrderAndOnce() {
		byte[] low = delegate(KeyPair.fromPublicKey(new byte[32]));
		byte[] high = delegate(this.owner);

		assertThat(simulate(entry(true, delegates(low, high))).path("error").asString("none")).isEqualTo("none");
		assertThat(simulate(entry(true, delegates(high, low))).get("error").asString())
			.startsWith("HostError: Error(Auth, InvalidInput)");
		assertThat(simulate(entry(true, delegates(high, high))).get("error").asString())
			.startsWith("HostError: Error(Auth, InvalidInput)");
	}

	@Test
	void olderProtocolsDoNotKnowThem() throws IOException {
		this.chain.close();
		this.chain = new ManualNetwork(StellarDevnet.builder().protocol(26));
		this.sender = this.chain.account();
		this.owner = this.chain.account();

		assertThat(simulate(entry(true, delegates())).get("error").asString())
			.isEqualTo("Could not unmarshal transaction");
	}

	private byte[] delegates(byte[]... delegates) {
		return new XdrWriter().array(List.of(delegates)).toBytes();
	}

	private static byte[] delegate(KeyPair key) {
		return new XdrWriter().raw(XdrCodec.bytes(new Address(key.getAccountId()).toSCAddress()::toXdrByteArray))
			.raw(XdrCodec.bytes(Scv.toVoid()::toXdrByteArray))
			.int32(0)
			.toBytes();
	}

	private byte[] entry(boolean naming, byte[] delegates) {
		return entry(this.owner.getAccountId(), naming, delegates);
	}

	private byte[] entry(String address, boolean naming, byte[] delegates) {
		SorobanAuthorizationEntry plain = plain(address, naming);
		return new XdrWriter().int32(CredentialsForm.DELEGATING.number())
			.raw(XdrCodec.bytes(plain.getCredentials().getAddress()::toXdrByteArray))
			.raw(delegates)
			.raw(XdrCodec.bytes(plain.getRootInvocation()::toXdrByteArray))
			.toBytes();
	}

	private SorobanAuthorizationEntry plain(String address, boolean naming) {
		SignedAuthorization consent = new SignedAuthorization(address, 1, 100,
				call(address, List.of()).getHostFunction().getInvokeContract());
		byte[] payload = consent.payload(new Network(this.chain.devnet.networkPassphrase()).getNetworkId(), naming);
		return consent.entry(SignedAuthorization.signatures(this.owner, payload, ""));
	}

	private InvokeHostFunctionOperation call(String address, List<SorobanAuthorizationEntry> auth) {
		List<SCVal> args = List.of(Scv.toAddress(address), ManualNetwork.address(this.sender), ManualNetwork.amount(7),
				Scv.toUint32(500));
		return InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.chain.devnet.usdcContract(), "approve", args)
			.auth(auth)
			.build();
	}

	private JsonNode simulate(byte[] entry) {
		return simulate(this.owner.getAccountId(), entry);
	}

	private JsonNode simulate(String address, byte[] entry) {
		Transaction transaction = this.chain.build(this.sender, call(address, List.of(plain(address, true))));
		return this.chain.rpc.result("simulateTransaction", Map.of("transaction", signed(transaction, entry)));
	}

	private JsonNode land(byte[] entry, String data) {
		Transaction transaction = this.chain
			.builder(this.sender, call(this.owner.getAccountId(), List.of(plain(this.owner.getAccountId(), true))))
			.setTimeout(0)
			.setBaseFee(1_000_000)
			.setSorobanData(data)
			.build();
		JsonNode sent = this.chain.rpc.result("sendTransaction", Map.of("transaction", signed(transaction, entry)));
		assertThat(sent.get("status").asString()).as(sent.toString()).isEqualTo("PENDING");
		this.chain.devnet.closeLedger();
		return this.chain.rpc.result("getTransaction", Map.of("hash", sent.get("hash").asString()));
	}

	/** Puts the entry where the SDK has written it in the first form. */
	private String signed(Transaction transaction, byte[] entry) {
		SorobanAuthorizationEntry plain = ((InvokeHostFunctionOperation) transaction.getOperations()[0]).getAuth()
			.iterator()
			.next();
		return RawTransaction.of(transaction)
			.replace(XdrCodec.bytes(plain::toXdrByteArray), entry)
			.signed(this.chain.devnet.networkPassphrase(), this.sender);
	}

}

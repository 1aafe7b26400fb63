package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.Address;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Accounts that are contracts: they hold USDC, and their own rule says who pays with it.
 */
class ContractAccountTests {

	private static final String NOWHERE = "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA";

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair signer = KeyPair.random();

	private final KeyPair sender = this.chain.account();

	private final KeyPair spender = this.chain.account();

	private final KeyPair merchant = this.chain.holder("0");

	private final String account = this.chain.devnet.contractAccount(new BigDecimal("10"), this.signer.getAccountId());

	private long nonce;

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void approvesByItsSignerAndASpenderPays() {
		this.chain.devnet.faucet(this.account, new BigDecimal("25"));

		JsonNode approved = this.chain.land(signed(consent(100_000_000), this.signer));

		assertThat(approved.get("status").asString()).isEqualTo("SUCCESS");
		SCVal owner = Scv.toAddress(this.account);
		assertThat(this.chain.view(this.spender, "allowance", owner, ManualNetwork.address(this.spender)))
			.isEqualTo(ManualNetwork.amount(100_000_000));
		JsonNode paid = this.chain
			.land(this.chain.prepared(this.spender, this.spender, "transfer_from", ManualNetwork.address(this.spender),
					owner, ManualNetwork.address(this.merchant), ManualNetwork.amount(70_000_000)));
		assertThat(paid.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(this.chain.usdc(this.merchant)).isEqualTo(70_000_000);
		assertThat(this.chain.devnet.usdcBalance(this.account)).isEqualTo(180_000_000);
	}

	@Test
	void simulationAsksForItsConsent() {
		JsonNode simulated = this.chain.simulate(transaction(call(5), List.of()));

		SorobanAuthorizationEntry asked = ManualNetwork
			.ask(() -> SorobanAuthorizationEntry.fromXdrBase64(simulated.at("/results/0/auth/0").asString()));
		assertThat(Scv
			.fromAddress(new SCVal.Builder().discriminant(SCValType.SCV_ADDRESS)
				.address(asked.getCredentials().getAddress().getAddress())
				.build())
			.toString()).isEqualTo(this.account);
	}

	@Test
	void whatItConsentedToIsGoodOnce() {
		SignedAuthorization consent = consent(5);
		assertThat(this.chain.land(signed(consent, this.signer)).get("status").asString()).isEqualTo("SUCCESS");

		assertThat(errors(simulated(consent, this.signer, ""))).containsExactly("Error(Auth, ExistingValue)");
	}

	@Test
	void anotherKeyIsRefused() {
		JsonNode refused = simulated(consent(5), KeyPair.random(), "");

		assertThat(errors(refused)).containsExactly("Error(Contract, #4)", "Error(Auth, InvalidAction)");
		assertThat(refused.get("error").asString()).startsWith("HostError: Error(Auth, InvalidAction)")
			.contains("topics:[fn_call, " + this.account + ", __check_auth]")
			.contains("contract:" + this.account + ", topics:[error, Error(Contract, #4)]")
			.contains("\"failed account authentication with error\", " + this.account + ", Error(Contract, #4)");
	}

	@ParameterizedTest
	@CsvSource({ "100000000, none", "100000001, 'Error(Contract, #6)'" })
	void amountMustNotExceedItsLimit(long amount, String error) {
		JsonNode simulated = simulated(consent(amount), this.signer, "");

		assertThat(errors(simulated).stream().findFirst().orElse("none")).isEqualTo(error);
	}

	@ParameterizedTest
	@CsvSource({ "hash, 'Error(Crypto, InvalidInput)'", "empty, 'Error(Contract, #1)'", "dup, 'Error(Contract, #3)'",
			"short, 'Error(Value, UnexpectedSize)'", "void, 'Error(Auth, InvalidAction)'" })
	void signaturesThatAreNoneAreRefused(String fault, String error) {
		assertThat(errors(simulated(consent(5), this.signer, fault))).startsWith(error)
			.endsWith("Error(Auth, InvalidAction)");
	}

	@Test
	void refusedConsentMovesNothingInALedger() {
		this.chain.devnet.faucet(this.account, BigDecimal.ONE);
		Transaction good = signed(consent(5), this.signer);
		SorobanAuthorizationEntry forged = entry(consent(5), KeyPair.random(), "");
		Transaction sent = ManualNetwork.signed(this.chain.builder(this.sender, operation(call(5), List.of(forged)))
			.setTimeout(0)
			.setBaseFee(good.getFee())
			.setSorobanData(good.getSorobanData())
			.build(), this.sender);

		JsonNode failed = this.chain.land(sent);

		assertThat(failed.get("status").asString()).isEqualTo("FAILED");
		assertThat(DiagnosticErrors.of(failed)).containsExactly("Error(Contract, #4)", "Error(Auth, InvalidAction)");
		assertThat(this.chain.devnet.usdcBalance(this.account)).isEqualTo(10_000_000);
	}

	@Test
	void contractsThatAreNoAccountsCannotConsent() {
		SignedAuthorization nobody = new SignedAuthorization(NOWHERE, 1, expiration(), call(NOWHERE, 5));
		SignedAuthorization asset = new SignedAuthorization(this.chain.devnet.usdcContract(), 1, expiration(),
				call(this.chain.devnet.usdcContract(), 5));

		assertThat(errors(simulated(nobody, this.signer, ""))).containsExactly("Error(Storage, MissingValue)",
				"Error(Auth, InvalidAction)");
		assertThat(errors(simulated(asset, this.signer, ""))).containsExactly("Error(Value, InvalidInput)",
				"Error(Auth, InvalidAction)");
	}

	@ParameterizedTest
	@CsvSource({ "balance, 'Error(WasmVm, MissingValue)'", "__check_auth, 'Error(Context, InvalidAction)'" })
	void nobodyCallsItDirectly(String function, String error) {
		JsonNode simulated = this.chain.simulate(this.chain.callOf(this.account, this.sender, this.sender, function));

		assertThat(simulated.get("error").asString()).startsWith("HostError: " + error);
	}

	@Test
	void isOpenedOverHttp() {
		HttpResponse<String> opened = post(Map.of("signers", List.of(this.signer.getAccountId()), "usdc", "2.5"));

		assertThat(opened.statusCode()).isEqualTo(200);
		JsonNode body = JsonMapper.shared().readTree(opened.body());
		assertThat(this.chain.devnet.usdcBalance(body.get("address").asString())).isEqualTo(25_000_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"signers\":[]}", "{\"signers\":[\"C\"]}", "{\"keys\":[]}",
			"{\"signers\":[\"GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5\"],\"spendingLimit\":\"-1\"}",
			"[" })
	void isNotOpenedByAnOrderThatIsNone(String order) {
		assertThat(post(order).statusCode()).isEqualTo(400);
	}

	@Test
	void needsASigner() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.contractAccount());
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.contractAccount(this.account));
	}

	private HttpResponse<String> post(Map<String, ?> order) {
		return post(JsonMapper.shared().writeValueAsString(order));
	}

	private HttpResponse<String> post(String order) {
		return RpcClient.send(HttpRequest.newBuilder(URI.create(this.chain.devnet.adminUri() + "/contract-accounts"))
			.POST(HttpRequest.BodyPublishers.ofString(order))
			.build());
	}

	private SignedAuthorization consent(long amount) {
		return new SignedAuthorization(this.account, ++this.nonce, expiration(), call(amount));
	}

	private long expiration() {
		return this.chain.devnet.latestLedger() + 20;
	}

	private InvokeContractArgs call(long amount) {
		return call(this.account, amount);
	}

	private InvokeContractArgs call(String owner, long amount) {
		return ((InvokeHostFunctionOperation) this.chain
			.call(this.sender, this.sender, "approve", Scv.toAddress(owner), ManualNetwork.address(this.spender),
					Scv.toInt128(BigInteger.valueOf(amount)), Scv.toUint32(10_000))
			.getOperations()[0]).getHostFunction().getInvokeContract();
	}

	private SorobanAuthorizationEntry entry(SignedAuthorization consent, KeyPair key, String fault) {
		byte[] payload = consent.payload(new Network(this.chain.devnet.networkPassphrase()).getNetworkId(), false);
		return consent.entry(SignedAuthorization.signatures(key, payload, fault));
	}

	private JsonNode simulated(SignedAuthorization consent, KeyPair key, String fault) {
		return this.chain.simulate(transaction(consent.call(), List.of(entry(consent, key, fault))));
	}

	private Transaction signed(SignedAuthorization consent, KeyPair key) {
		return this.chain.prepared(transaction(consent.call(), List.of(entry(consent, key, ""))), this.sender,
				this.sender);
	}

	private Transaction transaction(InvokeContractArgs call, List<SorobanAuthorizationEntry> auth) {
		return this.chain.build(this.sender, operation(call, auth));
	}

	private static InvokeHostFunctionOperation operation(InvokeContractArgs call,
			List<SorobanAuthorizationEntry> auth) {
		return InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(Address.fromSCAddress(call.getContractAddress()).toString(),
					call.getFunctionName().getSCSymbol().toString(), Stream.of(call.getArgs()).toList())
			.auth(auth)
			.build();
	}

	private static List<String> errors(JsonNode simulated) {
		return DiagnosticErrors.of(simulated, "events");
	}

}

package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Address;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.Util;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.HashIDPreimage;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A contract account pays: what its {@code __check_auth} accepts is what it has signed.
 */
class ContractPayerTests {

	private static final Network NETWORK = Network.TESTNET;

	private static FacilitatorEnvironment environment;

	private final KeyPair signer = KeyPair.random();

	private final String contract = environment.devnet.contractAccount(this.signer.getAccountId());

	private final Payer sender = environment.payer();

	private final KeyPair seller = environment.seller();

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void contractOpensASessionPaysAndClosesIt() throws IOException {
		environment.devnet.faucet(this.contract, BigDecimal.TEN);
		Reply quote = quote();
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(quote.text("allowance")).isEqualTo("1000000");
		assertThat(quote.body().has("hash")).isFalse();
		Map<String, Object> claims = claims(quote);
		assertRefused(claims, proof(text(claims), environment.merchant, this.signer));
		assertRefused(claims, proof(text(claims), this.seller, KeyPair.random()));
		assertRefused(claims, proof(text(claims) + "0", this.seller, this.signer));
		assertRefused(claims, Proofs.of(text(claims), this.signer));

		claims.put("proof", proof(text(claims), this.seller, this.signer));
		Reply registered = environment.client.post("/sessions", claims);
		assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
		String id = registered.text("sessionId");
		Map<String, Object> payment = Payments.of(environment, id,
				Map.of("amount", "600000", "payTo", this.seller.getAccountId()));
		environment.devnet.archive(balance());
		assertThat(environment.client.verify(payment).body().get("isValid").asBoolean()).as("settling restores it")
			.isTrue();
		Reply settled = environment.client.settle(payment);
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(settled.text("payer")).isEqualTo(this.contract);
		assertThat(environment.usdc(this.seller)).isEqualTo(BigInteger.valueOf(600_000));
		assertThat(environment.devnet.usdcBalance(this.contract)).isEqualTo(BigInteger.valueOf(99_400_000));
		assertThat(quote().text("allowance")).as("what is left of it is covered").isEqualTo("1400000");

		String closing = "x402-session-close:v1:stellar:testnet:" + environment.devnet.usdcContract() + ":"
				+ this.seller.getAccountId() + ":" + claims.get("approvalTxHash");
		String path = "/sessions/" + claims.get("approvalTxHash");
		assertThat(environment.client.delete(path, Map.of("proof", claims.get("proof"))).status()).isEqualTo(400);
		assertThat(environment.client.delete(path, Map.of("proof", proof(closing, this.seller, this.signer)))
			.text("status")).isEqualTo("closed");
	}

	@Test
	void contractTiesAKeyToItsSession() {
		environment.devnet.faucet(this.contract, BigDecimal.TEN);
		Map<String, Object> claims = SessionHolder.keyed(claims(quote()), SessionHolder.newPublicKey());
		assertRefused(claims, proof(text(claims), this.seller, this.signer));
		String text = text(claims).replace(":v1:", ":v2:") + ":" + claims.get("sessionKey");
		claims.put("proof", proof(text, this.seller, this.signer));
		Reply registered = environment.client.post("/sessions", claims);
		assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
		assertThat(registered.text("sessionKey")).isEqualTo(claims.get("sessionKey"));
	}

	@Test
	void quoteForAContractNamesWhoSendsItsApprove() {
		Map<String, Object> wanted = wanted();
		wanted.remove("source");
		assertThat(environment.client.post("/sessions/quote", wanted).text("error"))
			.startsWith("'user' must be an account");
		wanted.put("source", this.contract);
		assertThat(environment.client.post("/sessions/quote", wanted).text("error"))
			.startsWith("'source' must be an account");
		wanted.put("source", KeyPair.random().getAccountId());
		assertThat(environment.client.post("/sessions/quote", wanted).text("error"))
			.startsWith("'source' has no account");
		wanted.put("user", this.sender.address());
		assertThat(environment.client.post("/sessions/quote", wanted).text("error"))
			.isEqualTo("'source' is for a 'user' that is a contract");
	}

	/** The key of what the contract holds. */
	private String balance() throws IOException {
		LedgerKey.LedgerKeyContractData data = new LedgerKey.LedgerKeyContractData();
		data.setContract(new Address(environment.devnet.usdcContract()).toSCAddress());
		data.setKey(Scv.toVec(List.of(Scv.toSymbol("Balance"), Scv.toAddress(this.contract))));
		data.setDurability(ContractDataDurability.PERSISTENT);
		LedgerKey key = new LedgerKey();
		key.setDiscriminant(LedgerEntryType.CONTRACT_DATA);
		key.setContractData(data);
		return key.toXdrBase64();
	}

	private Reply quote() {
		return environment.client.post("/sessions/quote", wanted());
	}

	private Map<String, Object> wanted() {
		return new HashMap<>(Map.of("user", this.contract, "source", this.sender.address(), "asset",
				environment.devnet.usdcContract(), "recipient", this.seller.getAccountId(), "cap", "1000000",
				"expiresIn", 3_600, "network", "stellar:testnet"));
	}

	/** Authorise the quoted call, send it, and claim it. */
	private Map<String, Object> claims(Reply quote) {
		Map<String, Object> claims = new HashMap<>();
		for (String field : new String[] { "user", "asset", "recipient", "cap", "network" }) {
			claims.put(field, quote.text(field));
		}
		claims.put("expirationLedger", quote.body().get("expirationLedger").asLong());
		claims.put("approvalTxHash", this.sender.land(authorised(quote.text("transaction"))));
		return claims;
	}

	private InvokeHostFunctionOperation authorised(String envelope) {
		try {
			Transaction quoted = (Transaction) Transaction.fromEnvelopeXdr(envelope, NETWORK);
			InvokeHostFunctionOperation call = (InvokeHostFunctionOperation) quoted.getOperations()[0];
			assertThat(quoted.getSourceAccount()).isEqualTo(this.sender.address());
			assertThat(call.getAuth()).hasSize(1);
			return call.toBuilder().auth(List.of(signed(call.getAuth().get(0), this.signer))).build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Map<String, Object> claims) {
		return "x402-session:v1:stellar:testnet:" + claims.get("asset") + ":" + claims.get("recipient") + ":"
				+ claims.get("cap") + ":" + claims.get("expirationLedger") + ":" + claims.get("approvalTxHash");
	}

	/** Sign a transfer of nothing, by the nonce that the text makes. */
	private String proof(String text, KeyPair recipient, KeyPair key) {
		InvokeContractArgs call = InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(environment.devnet.usdcContract(), "transfer",
					List.of(Scv.toAddress(this.contract), Scv.toAddress(recipient.getAccountId()),
							Scv.toInt128(BigInteger.ZERO)))
			.build()
			.getHostFunction()
			.getInvokeContract();
		SorobanAddressCredentials address = new SorobanAddressCredentials.Builder()
			.address(new Address(this.contract).toSCAddress())
			.nonce(new Int64(ByteBuffer.wrap(Util.hash(text.getBytes(StandardCharsets.UTF_8))).getLong()))
			.signatureExpirationLedger(new Uint32(new XdrUnsignedInteger(0)))
			.signature(Scv.toVoid())
			.build();
		SorobanAuthorizationEntry entry = new SorobanAuthorizationEntry.Builder()
			.credentials(
					new SorobanCredentials.Builder().discriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS)
						.address(address)
						.build())
			.rootInvocation(new SorobanAuthorizedInvocation.Builder()
				.function(new SorobanAuthorizedFunction.Builder()
					.discriminant(SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN)
					.contractFn(call)
					.build())
				.subInvocations(new SorobanAuthorizedInvocation[0])
				.build())
			.build();
		try {
			return signed(entry, key).toXdrBase64();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As the contracts of the devnet want it: like an account's. */
	private static SorobanAuthorizationEntry signed(SorobanAuthorizationEntry entry, KeyPair key) {
		SorobanAddressCredentials address = entry.getCredentials().getAddress();
		address.setSignatureExpirationLedger(new Uint32(
				new XdrUnsignedInteger(environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME)));
		HashIDPreimage preimage = new HashIDPreimage.Builder()
			.discriminant(EnvelopeType.ENVELOPE_TYPE_SOROBAN_AUTHORIZATION)
			.sorobanAuthorization(new HashIDPreimage.HashIDPreimageSorobanAuthorization.Builder()
				.networkID(new Hash(NETWORK.getNetworkId()))
				.nonce(address.getNonce())
				.signatureExpirationLedger(address.getSignatureExpirationLedger())
				.invocation(entry.getRootInvocation())
				.build())
			.build();
		LinkedHashMap<SCVal, SCVal> signature = new LinkedHashMap<>();
		signature.put(Scv.toSymbol("public_key"), Scv.toBytes(key.getPublicKey()));
		try {
			signature.put(Scv.toSymbol("signature"), Scv.toBytes(key.sign(Util.hash(preimage.toXdrByteArray()))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		address.setSignature(Scv.toVec(List.of(Scv.toMap(signature))));
		return entry;
	}

	private static void assertRefused(Map<String, Object> claims, String proof) {
		Map<String, Object> forged = new HashMap<>(claims);
		forged.put("proof", proof);
		Reply refused = environment.client.post("/sessions", forged);
		assertThat(refused.status()).as("%s", refused.body()).isEqualTo(400);
		assertThat(refused.text("error")).isEqualTo("'proof' is not the user's signature over these terms");
	}

}

package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import io.github.x402sessions.stellar.exact.UnsignedTransfer;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nonces are on the chain for everybody to read: whoever knows one of somebody else's
 * gets nothing for it.
 */
class ForgedExactPaymentTests {

	private static final String NAME = "public_key";

	private static FacilitatorEnvironment environment;

	private static TestDatabase books;

	private static TransferAuthorisations authorisations;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open(Map.of());
		books = environment.openDatabase();
		authorisations = new TransferAuthorisations(
				new HttpStellarRpc(environment.devnet.rpcUri(), Duration.ofSeconds(10)),
				environment.devnet.networkPassphrase());
	}

	@AfterAll
	static void close() {
		books.close();
		environment.close();
	}

	@Test
	void nonceOfAnotherBuysNothingWhileItsPayersAnswerIsLost() {
		KeyPair payer = environment.payer().key;
		UnsignedTransfer unsigned = authorisations
			.prepare(
					new Transfer(environment.devnet.usdcContract(), payer.getAccountId(),
							environment.merchant.getAccountId(), BigInteger.valueOf(100_000)),
					"lost", Duration.ofHours(1));
		String signed = authorisations
			.complete(unsigned.signed(AccountKey.of(new String(payer.getSecretSeed())).sign(unsigned.hash())));
		Map<String, Object> forged = payment(forged(signed, KeyPair.random(), unsigned.hash()));
		Map<String, Object> made = payment(signed);
		Reply settled = environment.client.settle(made);
		assertThat(settled.body().get("success").asBoolean()).as("%s", settled.body()).isTrue();
		loseAnswer(settled);
		assertThat(environment.client.verify(forged).text("invalidReason")).isEqualTo("duplicate_settlement");
		assertThat(environment.client.settle(forged).text("errorReason")).isEqualTo("duplicate_settlement");
		Reply again = environment.client.settle(made);
		assertThat(again.text("transaction")).isEqualTo(settled.text("transaction"));
	}

	/** As a connection that breaks before the answer leaves it. */
	private static void loseAnswer(Reply settled) {
		assertThat(books.jdbc()
			.sql("update settlement set told = false, telling = null, waited_until = 0 where tx_hash = :hash")
			.param("hash", settled.text("transaction"))
			.update()).isOne();
	}

	/** The same transfer with the same nonce, signed by somebody else. */
	private static String forged(String signed, KeyPair other, byte[] hash) {
		byte[] bytes = Base64.getDecoder().decode(signed);
		int key = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(NAME) + 12 + 2 * Integer.BYTES;
		System.arraycopy(other.getPublicKey(), 0, bytes, key, 32);
		int signature = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("signature", key) + 12
				+ 2 * Integer.BYTES;
		System.arraycopy(other.sign(hash), 0, bytes, signature, 64);
		assertThat(Arrays.equals(bytes, Base64.getDecoder().decode(signed))).isFalse();
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static Map<String, Object> payment(String transaction) {
		Map<String, Object> terms = Map.of("scheme", "exact", "network", "stellar:testnet", "amount", "100000", "asset",
				environment.devnet.usdcContract(), "payTo", environment.merchant.getAccountId(), "maxTimeoutSeconds",
				3_600, "extra", Map.of("areFeesSponsored", true));
		return Map.of("x402Version", 2, "paymentPayload",
				Map.of("x402Version", 2, "accepted", terms, "payload", Map.of("transaction", transaction)),
				"paymentRequirements", terms);
	}

}

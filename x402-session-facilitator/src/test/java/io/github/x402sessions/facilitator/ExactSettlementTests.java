package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.Uint256;
import org.stellar.sdk.xdr.Uint64;
import org.stellar.sdk.xdr.XdrUnsignedHyperInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments of the exact scheme, by a facilitator that serves both, on the devnet.
 */
class ExactSettlementTests {

	private static final String ID = "pay_exact_0123456789";

	private static final String KEY = "k_6b1d0f4c9e27a8533f10";

	private static final long AMOUNT = 100_000;

	private static FacilitatorEnvironment environment;

	private static TestDatabase books;

	private KeyPair payer;

	private BigInteger before;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open(Map.of("facilitator.channels", "8"));
		books = environment.openDatabase();
	}

	@AfterAll
	static void close() {
		books.close();
		environment.close();
	}

	@BeforeEach
	void come() {
		this.payer = environment.payer().key;
		this.before = environment.usdc(environment.merchant);
	}

	@Test
	void supportedSaysThatFeesAreSponsored() {
		assertThat(environment.client.get("/supported").body().get("kinds"))
			.filteredOn((kind) -> kind.get("scheme").asString().equals("exact"))
			.singleElement()
			.satisfies((kind) -> {
				assertThat(kind.get("x402Version").asInt()).isEqualTo(2);
				assertThat(kind.at("/extra/areFeesSponsored").asBoolean()).isTrue();
			});
	}

	@Test
	void paymentLandsToTheUnitAndCostsItsPayerNoLumen() {
		BigInteger lumens = environment.lumens(this.payer);
		Map<String, Object> payment = ExactTransfers.payment(environment, this.payer, AMOUNT);
		Reply verified = environment.client.verify(payment);
		assertThat(verified.body().get("isValid").asBoolean()).as("%s", verified.body()).isTrue();
		assertThat(verified.text("payer")).isEqualTo(this.payer.getAccountId());
		assertPaid(0);
		Reply settled = environment.client.settle(payment);
		assertSettled(settled);
		assertThat(settled.text("payer")).isEqualTo(this.payer.getAccountId());
		assertThat(settled.text("network")).isEqualTo("stellar:testnet");
		assertPaid(AMOUNT);
		assertThat(environment.lumens(this.payer)).isEqualTo(lumens);
		Map<String, Object> row = books.jdbc()
			.sql("select status, amount, account, session_id from settlement where tx_hash = :hash")
			.param("hash", settled.text("transaction"))
			.query()
			.singleRow();
		assertThat(row).containsEntry("status", "CONFIRMED")
			.containsEntry("account", "exact:" + this.payer.getAccountId())
			.containsEntry("session_id", null);
		assertThat(((Number) row.get("amount")).longValue()).isEqualTo(AMOUNT);
	}

	@Test
	void settlingNeedsNoVerificationBefore() {
		assertSettled(environment.client.settle(ExactTransfers.payment(environment, this.payer, 1)));
		assertPaid(1);
	}

	@Test
	void samePayloadBuysOneAnswerAtAServerThatKeepsNoTrack() {
		Map<String, Object> payment = ExactTransfers.payment(environment, this.payer, AMOUNT);
		assertSettled(environment.client.settle(payment));
		assertRefused(payment, "duplicate_settlement");
		assertPaid(AMOUNT);
	}

	@Test
	void serverThatKeepsTrackIsToldAgain() {
		Map<String, Object> payment = Payments
			.tracked(Payments.identified(ExactTransfers.payment(environment, this.payer, AMOUNT), ID));
		Reply first = environment.client.settle(payment);
		assertSettled(first);
		for (int i = 0; i < 2; i++) {
			assertThat(environment.client.verify(payment).body().get("isValid").asBoolean()).isTrue();
			Reply again = environment.client.settle(payment);
			assertSettled(again);
			assertThat(again.text("transaction")).isEqualTo(first.text("transaction"));
			assertThat(again.body().at("/extensions/payment-identifier/replayed").asBoolean()).isTrue();
		}
		assertPaid(AMOUNT);
	}

	@Test
	void identifierIsOfOneNonceAndNonceOfOneIdentifier() {
		Map<String, Object> plain = ExactTransfers.payment(environment, this.payer, AMOUNT);
		assertSettled(environment.client.settle(Payments.tracked(Payments.identified(plain, ID))));
		Map<String, Object> other = ExactTransfers.payment(environment, this.payer, AMOUNT);
		assertRefused(Payments.tracked(Payments.identified(other, ID)), "payment_identifier_conflict");
		assertRefused(Payments.tracked(Payments.identified(plain, "pay_exact_9876543210")), "duplicate_settlement");
		assertRefused(plain, "duplicate_settlement");
		assertPaid(AMOUNT);
		assertSettled(environment.client.settle(other));
		assertPaid(2 * AMOUNT);
	}

	@Test
	void identifierIsThePayersAlone() {
		assertSettled(environment.client
			.settle(Payments.identified(ExactTransfers.payment(environment, this.payer, AMOUNT), ID)));
		KeyPair other = environment.payer().key;
		assertSettled(
				environment.client.settle(Payments.identified(ExactTransfers.payment(environment, other, AMOUNT), ID)));
		assertThat(environment.usdc(environment.merchant).subtract(this.before)).isEqualTo(2 * AMOUNT);
	}

	@Test
	void equalPayloadsAtOnceAreOneTransaction() throws Exception {
		Map<String, Object> payment = ExactTransfers.payment(environment, this.payer, AMOUNT);
		List<Reply> replies = Parallel.start(8, () -> environment.client.settle(payment)).results();
		assertThat(replies).filteredOn((reply) -> reply.status() == 200).hasSize(1);
		assertThat(replies).filteredOn((reply) -> reply.status() != 200)
			.allSatisfy((reply) -> assertThat(reply.text("errorReason")).isEqualTo("duplicate_settlement"));
		Map<String, Object> tracked = Payments.tracked(Payments
			.identified(ExactTransfers.payment(environment, this.payer, AMOUNT), "pay_" + UUID.randomUUID()));
		List<Reply> told = Parallel.start(8, () -> environment.client.settle(tracked)).results();
		assertThat(told).allSatisfy(ExactSettlementTests::assertSettled);
		assertThat(told).extracting((reply) -> reply.text("transaction")).containsOnly(told.get(0).text("transaction"));
		assertPaid(2 * AMOUNT);
	}

	@Test
	void paymentsOfOnePayerAtOnceAreEachMade() throws Exception {
		List<Reply> replies = Parallel
			.start(8, () -> environment.client.settle(ExactTransfers.payment(environment, this.payer, AMOUNT)))
			.results();
		assertThat(replies).allSatisfy(ExactSettlementTests::assertSettled);
		assertThat(replies).extracting((reply) -> reply.text("transaction")).doesNotHaveDuplicates();
		assertPaid(8 * AMOUNT);
	}

	@Test
	void sharedAccountIsPaid() {
		try (FacilitatorEnvironment anybody = FacilitatorEnvironment.open(Map.of("facilitator.recipients", ""))) {
			KeyPair one = anybody.payer().key;
			String to = shared(anybody.merchant, 5);
			String transaction = ExactTransfers.signed(anybody, one, to, AMOUNT, "shared",
					ExactTransfers.TIMEOUT_SECONDS);
			Reply wrong = anybody.client.settle(ExactTransfers.payment(anybody, transaction, Map.of()));
			assertThat(wrong.text("errorReason")).isEqualTo("invalid_exact_stellar_payload_wrong_recipient");
			assertSettled(anybody.client.settle(ExactTransfers.payment(anybody, transaction, Map.of("payTo", to))));
			assertThat(anybody.usdc(anybody.merchant)).isEqualTo(AMOUNT);
		}
	}

	@Test
	void expiredPaymentIsRefused() {
		String transaction = ExactTransfers.signed(environment, this.payer, environment.merchant.getAccountId(), AMOUNT,
				"late", 300);
		Map<String, Object> late = ExactTransfers.payment(environment, transaction, Map.of());
		environment.closeUntil(environment.devnet.latestLedger() + 300 / 5 + 1);
		assertRefused(late, "invalid_exact_stellar_payload_simulation_failed");
		assertPaid(0);
	}

	@Test
	void whoHasTooLittleIsRefused() {
		Map<String, Object> payment = ExactTransfers.payment(environment, this.payer, AMOUNT);
		new Payer(environment, this.payer).transfer(environment.otherMerchant.getAccountId(),
				1_000_000_000 - AMOUNT + 1);
		assertRefused(payment, "invalid_exact_stellar_payload_simulation_failed");
		assertThat(environment.usdc(environment.merchant)).isEqualTo(this.before);
	}

	@Test
	void whoHasNoTrustlineIsRefused() {
		Map<String, Object> payment = ExactTransfers.payment(environment, this.payer, AMOUNT);
		Payer leaving = new Payer(environment, this.payer);
		leaving.transfer(environment.otherMerchant.getAccountId(), 1_000_000_000);
		leaving.removeTrustline();
		assertRefused(payment, "invalid_exact_stellar_payload_simulation_failed");
		assertThat(environment.usdc(environment.merchant)).isEqualTo(this.before);
	}

	@Test
	void sellerFindsItInItsBooks() {
		try (FacilitatorEnvironment closed = FacilitatorEnvironment.withoutFacilitator()) {
			closed.start(Map.of("facilitator.access.mode", "closed", "facilitator.access.keys[0].name", "shop",
					"facilitator.access.keys[0].hash", Sha256.hex(KEY), "facilitator.access.keys[0].recipients",
					closed.merchant.getAccountId()));
			FacilitatorClient seller = closed.client.with("Bearer " + KEY);
			KeyPair one = closed.payer().key;
			Map<String, Object> payment = ExactTransfers.payment(closed, one, AMOUNT);
			assertThat(closed.client.settle(payment).status()).isEqualTo(401);
			Reply settled = seller.settle(payment);
			assertSettled(settled);
			Reply page = seller.get("/settlements?recipient=" + closed.merchant.getAccountId());
			assertThat(page.body().get("settlements")).singleElement().satisfies((entry) -> {
				assertThat(entry.get("status").asString()).isEqualTo("confirmed");
				assertThat(entry.get("transaction").asString()).isEqualTo(settled.text("transaction"));
				assertThat(entry.get("amount").asString()).isEqualTo(Long.toString(AMOUNT));
				assertThat(entry.get("payer").asString()).isEqualTo(one.getAccountId());
			});
		}
	}

	@Test
	void withoutItItIsNeitherSupportedNorPaid() {
		try (FacilitatorEnvironment sessions = FacilitatorEnvironment.open(Map.of("facilitator.schemes", "session"))) {
			assertThat(sessions.client.get("/supported").body().at("/kinds").toString()).contains("session")
				.doesNotContain("exact");
			Map<String, Object> payment = ExactTransfers.payment(sessions, sessions.payer().key, AMOUNT);
			assertThat(sessions.client.verify(payment).text("invalidReason")).isEqualTo("scheme_mismatch");
			assertThat(sessions.client.settle(payment).text("errorReason")).isEqualTo("scheme_mismatch");
			assertThat(sessions.usdc(sessions.merchant)).isZero();
		}
	}

	@Test
	void aloneItHasNoSessions() {
		try (FacilitatorEnvironment alone = FacilitatorEnvironment.open(Map.of("facilitator.schemes", "exact"))) {
			assertThat(alone.client.get("/supported").body().at("/kinds").toString()).contains("exact")
				.doesNotContain("session");
			for (String path : List.of("/sessions", "/sessions/quote")) {
				assertThat(alone.client.post(path, Map.of()).status()).as(path).isEqualTo(404);
			}
			assertThat(alone.client.get("/sessions/" + UUID.randomUUID()).status()).isEqualTo(404);
			assertThat(alone.client.settle(Payments.of(alone, UUID.randomUUID().toString(), "1")).text("errorReason"))
				.isEqualTo("scheme_mismatch");
			assertSettled(alone.client.settle(ExactTransfers.payment(alone, alone.payer().key, AMOUNT)));
			assertThat(alone.usdc(alone.merchant)).isEqualTo(AMOUNT);
			Commands.Output output = Commands.run(alone, "reconcile");
			assertThat(output.code()).as(output.text()).isZero();
		}
	}

	private static String shared(KeyPair account, long id) {
		MuxedAccount.MuxedAccountMed25519 body = new MuxedAccount.MuxedAccountMed25519();
		body.setId(new Uint64(new XdrUnsignedHyperInteger(id)));
		body.setEd25519(new Uint256(account.getPublicKey()));
		MuxedAccount shared = new MuxedAccount();
		shared.setDiscriminant(CryptoKeyType.KEY_TYPE_MUXED_ED25519);
		shared.setMed25519(body);
		return AccountConverter.enableMuxed().decode(shared);
	}

	private static void assertSettled(Reply reply) {
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		assertThat(reply.body().get("success").asBoolean()).isTrue();
		assertThat(reply.text("transaction")).matches("[0-9a-f]{64}");
	}

	private static void assertRefused(Map<String, Object> payment, String reason) {
		Reply verified = environment.client.verify(payment);
		assertThat(verified.body().get("isValid").asBoolean()).isFalse();
		assertThat(verified.text("invalidReason")).isEqualTo(reason);
		Reply settled = environment.client.settle(payment);
		assertThat(settled.status()).isNotEqualTo(200);
		assertThat(settled.text("errorReason")).isEqualTo(reason);
	}

	/** Both sides of what this test's payer has paid. */
	private void assertPaid(long amount) {
		assertThat(environment.usdc(environment.merchant).subtract(this.before)).isEqualTo(amount);
		assertThat(environment.usdc(this.payer)).isEqualTo(1_000_000_000 - amount);
	}

}

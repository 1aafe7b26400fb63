package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.session.registration.RegistrationRequest;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.scval.Scv;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may register a session, and for what.
 */
class RegistrationTests {

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void sameTermsAgainAreTheSameSession() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		Reply first = environment.client.post("/sessions", claims);
		Reply second = environment.client.post("/sessions", claims);
		assertThat(first.status()).isEqualTo(201);
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.body()).isEqualTo(first.body());
	}

	@Test
	void hashInCapitalsIsNoSecondSession() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		Reply first = environment.client.post("/sessions", claims);
		Reply second = environment.client.post("/sessions",
				changed(claims, "approvalTxHash", claims.get("approvalTxHash").toString().toUpperCase()));
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.text("sessionId")).isEqualTo(first.text("sessionId"));
	}

	@Test
	void sameApproveWithAnotherRecipientConflicts() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		assertThat(environment.client.post("/sessions", claims).status()).isEqualTo(201);
		Reply second = environment.client.post("/sessions",
				changed(claims, "recipient", environment.otherMerchant.getAccountId()));
		assertThat(second.status()).isEqualTo(409);
		assertThat(second.text("error")).contains("other terms");
		assertThat(second.body().has("sessionId")).isFalse();
	}

	@Test
	void sameApproveWithAnotherCapConflicts() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		assertThat(environment.client.post("/sessions", claims).status()).isEqualTo(201);
		assertThat(environment.client.post("/sessions", changed(claims, "cap", "999999")).status()).isEqualTo(409);
	}

	@Test
	void approveBySomebodyElseIsRefused() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		assertRefused(changed(claims, "user", environment.payer().address()), "another 'user'");
	}

	@Test
	void approveForSomebodyElseIsRefused() {
		long until = environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME;
		assertRefused(environment.payer().approved(KeyPair.random(), 1_000_000, until), "another spender");
	}

	@Test
	void largerOrSmallerCapThanApprovedIsRefused() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		assertRefused(changed(claims, "cap", "1000001"), "less than 'cap'");
		assertRefused(changed(claims, "cap", "999999"), "more than 'cap'");
	}

	@Test
	void otherExpirationThanApprovedIsRefused() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		long until = (long) claims.get("expirationLedger");
		assertRefused(changed(claims, "expirationLedger", until + 1), "expirationLedger");
		assertRefused(changed(claims, "expirationLedger", until - 1), "expirationLedger");
		assertRefused(changed(claims, "expirationLedger", 5_000_000_000L), "expirationLedger");
	}

	@Test
	void approveThatEndsTooSoonIsRefused() {
		assertRefused(environment.payer().approved(1_000_000, environment.devnet.latestLedger() + 11), "too near");
	}

	@Test
	void assetThatIsNotListedIsRefused() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		assertRefused(changed(claims, "asset", "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC"), "asset");
	}

	@Test
	void recipientThatIsNotListedIsRefused() {
		Map<String, Object> claims = environment.payer().approved(1_000_000);
		assertRefused(changed(claims, "recipient", KeyPair.random().getAccountId()), "recipient");
		assertRefused(changed(claims, "recipient", "GNOTANADDRESS"), "recipient");
		assertRefused(changed(claims, "recipient", claims.get("user")), "recipient");
		assertRefused(changed(claims, "recipient", environment.spender.getAccountId()), "recipient");
	}

	@Test
	void claimsThatMakeNoSenseAreRefusedByName() {
		Map<String, Object> claims = environment.payer().claims("0".repeat(64), 1_000_000, 5_000);
		assertRefused(changed(claims, "network", "stellar:pubnet"), "network");
		assertRefused(changed(claims, "approvalTxHash", "abc"), "approvalTxHash");
		assertRefused(changed(claims, "user", "me"), "user");
		assertRefused(changed(claims, "user", environment.spender.getAccountId()), "user");
		assertRefused(changed(claims, "cap", "1.5"), "cap");
		assertRefused(changed(claims, "cap", "-5"), "cap");
		assertRefused(changed(claims, "cap", "0"), "cap");
		assertRefused(changed(claims, "cap", "9223372036854775808"), "cap");
		assertRefused(changed(claims, "expirationLedger", 0L), "expirationLedger");
	}

	@Test
	void transactionThatIsNoApproveIsRefused() {
		Payer payer = environment.payer();
		String hash = payer.land(InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(environment.devnet.usdcContract(), "transfer",
					java.util.List.of(Scv.toAddress(payer.address()),
							Scv.toAddress(environment.merchant.getAccountId()), Scv.toInt128(java.math.BigInteger.ONE)))
			.build());
		assertRefused(payer.claims(hash, 1, 5_000), "not a single call of approve");
	}

	@Test
	void signatureOfTheUserStandsInForTheList() {
		Payer payer = environment.payer();
		KeyPair seller = environment.seller();
		Map<String, Object> claims = changed(payer.approved(1_000_000), "recipient", seller.getAccountId());
		assertRefused(signed(claims, KeyPair.random()), "proof");
		assertRefused(changed(claims, "proof", "!!!"), "proof");
		Reply registered = environment.client.post("/sessions", signed(claims, payer.key));
		assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
		assertThat(registered.text("recipient")).isEqualTo(seller.getAccountId());
	}

	@Test
	void signatureForOtherTermsIsRefused() {
		Payer payer = environment.payer();
		Map<String, Object> signed = signed(payer.approved(1_000_000), payer.key);
		assertRefused(changed(signed, "recipient", environment.otherMerchant.getAccountId()), "proof");
	}

	@Test
	void signedSessionIsNotGivenToWhoeverReadsTheChain() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		assertThat(environment.client.post("/sessions", signed(claims, payer.key)).status()).isEqualTo(201);
		Reply stranger = environment.client.post("/sessions", claims);
		assertThat(stranger.status()).isEqualTo(409);
		assertThat(stranger.body().has("sessionId")).isFalse();
		assertThat(environment.client.post("/sessions", signed(claims, payer.key)).status()).isEqualTo(200);
	}

	@Test
	void userTakesBackASessionThatAStrangerRegisteredFirst() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		String stolen = environment.client.post("/sessions", claims).text("sessionId");
		Reply reclaimed = environment.client.post("/sessions", signed(claims, payer.key));
		assertThat(reclaimed.status()).isEqualTo(200);
		assertThat(reclaimed.text("sessionId")).isNotEqualTo(stolen);
		assertThat(environment.client.get("/sessions/" + stolen).status()).isEqualTo(404);
		assertThat(environment.client.get("/sessions/" + reclaimed.text("sessionId")).status()).isEqualTo(200);
	}

	@Test
	void userTakesBackAnApproveThatAStrangerRegisteredForAnotherMerchant() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		Map<String, Object> theirs = changed(claims, "recipient", environment.otherMerchant.getAccountId());
		String stolen = environment.client.post("/sessions", theirs).text("sessionId");
		Map<String, Object> payment = Map.of("amount", "300000", "payTo", environment.otherMerchant.getAccountId());
		assertThat(environment.client.settle(Payments.of(environment, stolen, payment)).status()).isEqualTo(200);

		Reply reclaimed = environment.client.post("/sessions", signed(claims, payer.key));
		assertThat(reclaimed.status()).as("%s", reclaimed.body()).isEqualTo(201);
		assertThat(reclaimed.text("recipient")).isEqualTo(environment.merchant.getAccountId());
		assertThat(reclaimed.text("spent")).isEqualTo("300000");
		assertThat(environment.client.settle(Payments.of(environment, stolen, payment)).text("errorReason"))
			.isEqualTo("session_not_found");
		assertThat(environment.client.post("/sessions", theirs).status()).isEqualTo(409);
		String id = reclaimed.text("sessionId");
		assertThat(environment.client.settle(Payments.of(environment, id, "700001")).text("errorReason"))
			.isEqualTo("cap_exceeded");
		assertThat(environment.client.settle(Payments.of(environment, id, "700000")).status()).isEqualTo(200);
	}

	@Test
	void userEndsAStrangersSessionThatHasUsedMoreThanTheSignedCap() {
		Payer payer = environment.payer();
		String first = environment.client.post("/sessions", signed(payer.approved(500_000), payer.key))
			.text("sessionId");
		assertThat(environment.client.settle(Payments.of(environment, first, "500000")).status()).isEqualTo(200);
		Map<String, Object> claims = payer.approved(1_000_000);
		String stolen = environment.client.post("/sessions", claims).text("sessionId");
		assertThat(environment.client.settle(Payments.of(environment, stolen, "300000")).status()).isEqualTo(200);
		Reply reply = environment.client.post("/sessions", signed(changed(claims, "cap", "200000"), payer.key));
		assertThat(reply.status()).isEqualTo(409);
		assertThat(environment.client.verify(Payments.of(environment, stolen, "1")).text("invalidReason"))
			.isEqualTo("session_superseded");
	}

	@Test
	void strangerDoesNotSupersedeASignedSession() {
		Payer payer = environment.payer();
		String first = environment.client.post("/sessions", signed(payer.approved(1_000_000), payer.key))
			.text("sessionId");
		Map<String, Object> both = payer.approved(1_500_000);
		assertThat(environment.client.post("/sessions", both).status()).isEqualTo(409);
		assertThat(environment.client.verify(Payments.of(environment, first, "1")).body().get("isValid").asBoolean())
			.isTrue();
		Reply second = environment.client.post("/sessions", signed(changed(both, "cap", "500000"), payer.key));
		assertThat(second.status()).as("%s", second.body()).isEqualTo(201);
		assertThat(environment.client.settle(Payments.of(environment, first, "1000000")).status()).isEqualTo(200);
	}

	@Test
	void idOfASessionInUseIsRepeatedOnlyForAProof() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		String id = environment.client.post("/sessions", claims).text("sessionId");
		assertThat(environment.client.post("/sessions", claims).text("sessionId")).isEqualTo(id);
		assertThat(environment.client.settle(Payments.of(environment, id, "1")).status()).isEqualTo(200);
		Reply stranger = environment.client.post("/sessions", claims);
		assertThat(stranger.status()).isEqualTo(409);
		assertThat(stranger.body().has("sessionId")).isFalse();
		assertThat(environment.client.post("/sessions", signed(claims, payer.key)).status()).isEqualTo(200);
	}

	/** Some are waited for in case they land; nobody waits behind those. */
	@Test
	void approvesThatAreNotOnTheChainAreRefusedAndHoldUpNoOther() throws Exception {
		Payer payer = environment.payer();
		Map<String, Object> landed = payer.approved(1_000_000);
		ExecutorService threads = Executors.newFixedThreadPool(40);
		try {
			List<Future<Reply>> bogus = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				Map<String, Object> claims = payer.claims(HexFormat.of().toHexDigits(i, 8).repeat(8), 1, 5_000);
				bogus.add(threads.submit(() -> environment.client.post("/sessions", claims)));
			}
			Eventually.isTrue(() -> bogus.stream().filter(Future::isDone).count() == 24);
			assertThat(environment.client.post("/sessions", landed).status()).isEqualTo(201);
			List<Reply> replies = bogus.stream().map(Eventually::resultOf).toList();
			assertThat(replies).filteredOn((reply) -> reply.status() == 503).hasSize(24);
			assertThat(replies).filteredOn((reply) -> reply.status() == 400)
				.hasSize(16)
				.allSatisfy((reply) -> assertThat(reply.text("error")).contains("not on the chain"));
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void keyThatWasRotatedAwayProvesNothing() {
		Payer payer = environment.payer();
		Map<String, Object> claims = signed(payer.approved(1_000_000), payer.key);
		Map<String, Object> later = signed(
				changed(payer.approved(2_000_000), "recipient", environment.seller().getAccountId()), payer.key);
		String id = environment.client.post("/sessions", later).text("sessionId");
		payer.land(new SetOptionsOperation.Builder().setSigner(KeyPair.random().getXdrSignerKey(), 1)
			.setMasterKeyWeight(0)
			.build());
		assertRefused(claims, "'proof' is by the account's own key");
		Reply stranger = environment.client.post("/sessions", later);
		assertThat(stranger.status()).isEqualTo(400);
		assertThat(stranger.body().toString()).doesNotContain(id);
	}

	@Test
	void keyThatMayNotApproveAloneProvesNothing() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		payer.land(new SetOptionsOperation.Builder().setSigner(KeyPair.random().getXdrSignerKey(), 1)
			.setMediumThreshold(2)
			.build());
		assertRefused(signed(claims, payer.key), "may not approve alone");
		assertThat(environment.client.post("/sessions", claims).status()).isEqualTo(201);
	}

	@Test
	void requestDoesNotShowItsProof() {
		assertThat(new RegistrationRequest("a", "u", "c", "r", "1", 1, "n", "secret", null, null).toString())
			.doesNotContain("secret");
	}

	@Test
	void secondApproveForTheSameAmountSupersedesTheFirstSession() {
		Payer payer = environment.payer();
		String first = payer.session(1_000_000);
		String second = payer.session(1_000_000);
		assertThat(environment.client.verify(Payments.of(environment, first, "1")).text("invalidReason"))
			.isEqualTo("session_superseded");
		assertThat(environment.client.verify(Payments.of(environment, second, "1")).body().get("isValid").asBoolean())
			.isTrue();
	}

	@Test
	void secondApproveForBothKeepsBothSessions() {
		Payer payer = environment.payer();
		String first = payer.session(1_000_000);
		Reply second = environment.client.post("/sessions", changed(payer.approved(1_500_000), "cap", "500000"));
		assertThat(second.status()).as("%s", second.body()).isEqualTo(201);
		assertThat(environment.client.settle(Payments.of(environment, first, "1000000")).status()).isEqualTo(200);
		assertThat(environment.client.settle(Payments.of(environment, second.text("sessionId"), "500000")).status())
			.isEqualTo(200);
	}

	@Test
	void approveThatALaterOneHasReplacedIsRefused() {
		Payer payer = environment.payer();
		Map<String, Object> older = payer.approved(1_000_000);
		payer.session(1_000_000);
		assertRefused(older, "later approve");
	}

	@Test
	void approveThatWasRevokedIsRefused() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		payer.approved(0, environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
		assertRefused(claims, "allowance");
	}

	private static Map<String, Object> changed(Map<String, Object> claims, String name, Object value) {
		Map<String, Object> changed = new HashMap<>(claims);
		changed.put(name, value);
		return changed;
	}

	private static Map<String, Object> signed(Map<String, Object> claims, KeyPair key) {
		return Proofs.signed(claims, key);
	}

	private static void assertRefused(Map<String, Object> claims, String why) {
		Reply reply = environment.client.post("/sessions", claims);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(400);
		assertThat(reply.text("error")).contains(why);
	}

}

package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Account;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Memo;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payer without a Stellar SDK: asks what to sign, signs it, and the facilitator sends
 * it.
 */
class QuoteTests {

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
	void signedQuoteIsASessionThatPaysWhomeverItsUserSignedFor() {
		Payer payer = environment.payer();
		KeyPair seller = environment.seller();
		Reply quote = quote(payer, Map.of("recipient", seller.getAccountId()));
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(quote.text("allowance")).isEqualTo("1000000");
		assertThat(quote.text("spender")).isEqualTo(environment.spender.getAccountId());
		assertThat(quote.body().get("feesSponsored").asBoolean()).isFalse();
		assertThat(quote.text("hash")).isEqualTo(transaction(quote).hashHex());
		assertThat(quote.text("proofMessage"))
			.isEqualTo("x402-session:v1:stellar:testnet:" + environment.devnet.usdcContract() + ":"
					+ seller.getAccountId() + ":1000000:" + quote.text("expirationLedger") + ":" + quote.text("hash"));

		Map<String, Object> claims = claims(quote, payer.key);
		Reply registered = environment.client.post("/sessions", claims);
		assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
		String id = registered.text("sessionId");
		Reply settled = environment.client
			.settle(Payments.of(environment, id, Map.of("amount", "1000000", "payTo", seller.getAccountId())));
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(environment.usdc(seller)).isEqualTo(BigInteger.valueOf(1_000_000));

		Reply again = environment.client.post("/sessions", claims);
		assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
		assertThat(again.text("sessionId")).isEqualTo(id);
		claims.remove("transaction");
		claims.put("approvalTxHash", quote.text("hash"));
		assertThat(environment.client.post("/sessions", claims).text("sessionId")).isEqualTo(id);
	}

	@Test
	void quoteCoversTheSessionsThatLive() {
		Payer payer = environment.payer();
		String first = register(quote(payer, Map.of()), payer).text("sessionId");
		assertThat(environment.client.settle(Payments.of(environment, first, "400000")).status()).isEqualTo(200);
		Reply quote = quote(payer, Map.of("cap", "300000"));
		assertThat(quote.text("allowance")).isEqualTo("900000");
		assertThat(environment.client.settle(Payments.of(environment, first, "600000")).status()).as("spent meanwhile")
			.isEqualTo(200);
		Reply second = register(quote, payer);
		assertThat(second.status()).as("%s", second.body()).isEqualTo(201);
		assertThat(second.text("cap")).isEqualTo("300000");
		assertThat(environment.client.settle(Payments.of(environment, second.text("sessionId"), "300001"))
			.text("errorReason")).isEqualTo("cap_exceeded");
		assertThat(environment.client.settle(Payments.of(environment, second.text("sessionId"), "300000")).status())
			.isEqualTo(200);
	}

	@Test
	void registrationThatOutlastsItsCallerIsTakenUpByTheNext() {
		try (FacilitatorEnvironment slow = FacilitatorEnvironment
			.open(Map.of("facilitator.approvals.timeout", "200ms"))) {
			Payer payer = slow.payer();
			Map<String, Object> wanted = wanted(slow, payer);
			Map<String, Object> claims = claims(slow.client.post("/sessions/quote", wanted), payer.key);
			slow.devnet.faults().pauseClosing();
			for (int attempt = 0; attempt < 2; attempt++) {
				Reply waiting = slow.client.post("/sessions", claims);
				assertThat(waiting.status()).as("%s", waiting.body()).isEqualTo(503);
				assertThat(waiting.header("Retry-After")).isNotNull();
				assertThat(waiting.text("approvalTxHash")).matches("[0-9a-f]{64}");
			}
			slow.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> slow.client.post("/sessions", claims).status() < 300);
			assertThat(slow.client.post("/sessions", claims).status()).isEqualTo(200);
		}
	}

	@Test
	void numberThatALaggingNodeRefusesIsOfferedAgain() {
		try (FacilitatorEnvironment lagging = FacilitatorEnvironment.withoutFacilitator();
				NodeProxy proxy = new NodeProxy(lagging.devnet.rpcUri())) {
			lagging.start(Map.of("facilitator.rpc-url", proxy.url()));
			Payer payer = lagging.payer();
			Map<String, Object> claims = claims(lagging.client.post("/sessions/quote", wanted(lagging, payer)),
					payer.key);
			AtomicInteger offers = new AtomicInteger();
			proxy.drops = (method) -> method.equals("sendTransaction") && offers.incrementAndGet() == 1;
			proxy.answer = (method, text) -> (method.equals("sendTransaction") && offers.get() == 1)
					? text.replace("\"PENDING\"", "\"ERROR\",\"errorResultXdr\":\"AAAAAAAAAAD////7AAAAAA==\"") : text;
			Reply registered = lagging.client.post("/sessions", claims);
			assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
			assertThat(offers).hasValue(2);
		}
	}

	@Test
	void whoCouldNotPayGetsNoQuote() {
		String stranger = KeyPair.random().getAccountId();
		environment.devnet.fund(stranger);
		assertRefused(quote(environment.payer(), Map.of("user", stranger)), "'user' cannot pay: " + stranger
				+ " has no trustline for the asset " + environment.devnet.usdcContract());
	}

	@Test
	void whoCouldNotPayAnyMoreCanStillCloseAndNeedsNoRecipient() {
		Payer payer = environment.payer();
		String kept = register(quote(payer, Map.of("cap", "400000")), payer).text("sessionId");
		String id = register(quote(payer, Map.of("cap", "300000")), payer).text("sessionId");
		environment.client.delete("/sessions/" + id);
		payer.transfer(environment.merchant.getAccountId(), environment.usdc(payer.key).longValueExact());
		payer.removeTrustline();
		Reply quote = environment.client.post("/sessions/quote", Map.of("user", payer.address(), "asset",
				environment.devnet.usdcContract(), "expiresIn", 3_600, "network", "stellar:testnet", "closing", true));
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(quote.text("allowance")).isEqualTo("400000");
		assertThat(quote.body().has("proofMessage")).isFalse();
		Reply closed = environment.client.post("/sessions/" + id + "/close",
				Map.of("transaction", signed(transaction(quote), payer.key).toEnvelopeXdrBase64()));
		assertThat(closed.status()).as("%s", closed.body()).isEqualTo(200);
		assertThat(environment.client.get("/sessions/" + kept).text("status")).isEqualTo("active");
	}

	@Test
	void quoteForWhatCouldNotBeRegisteredIsRefusedByName() {
		Payer payer = environment.payer();
		assertRefused(quote(payer, Map.of("user", "G")), "'user'");
		assertRefused(quote(payer, Map.of("user", KeyPair.random().getAccountId())), "'user' has no account");
		assertRefused(quote(payer, Map.of("user", environment.devnet.usdcContract())), "'user' must be an account");
		assertRefused(quote(payer, Map.of("recipient", KeyPair.random().getAccountId())),
				"'recipient' has no trustline");
		assertRefused(quote(payer, Map.of("recipient", payer.address())), "'recipient' must not be the user");
		assertRefused(quote(payer, Map.of("asset", "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC")),
				"'asset'");
		assertRefused(quote(payer, Map.of("cap", "0")), "'cap'");
		assertRefused(quote(payer, Map.of("cap", "1.5")), "'cap'");
		assertRefused(quote(payer, Map.of("network", "stellar:pubnet")), "'network'");
		assertRefused(quote(payer, Map.of("expiresIn", 1)), "'expirationLedger' is over or too near");
		assertRefused(quote(payer, Map.of("expiresIn", -1)), "'expiresIn'");
		assertRefused(quote(payer, Map.of("expiresIn", 200L * 86_400)), "'expirationLedger'");
		assertRefused(quote(payer, Map.of("expirationLedger", 5_000)), "'expirationLedger' or 'expiresIn'");
	}

	@Test
	void signedApproveThatClosesASessionIsSent() {
		Payer payer = environment.payer();
		String id = payer.session(1_000_000);
		String foreign = signed(transaction(quote(environment.payer(), Map.of())), payer.key).toEnvelopeXdrBase64();
		assertRefused(environment.client.post("/sessions/" + id + "/close", Map.of("transaction", foreign)),
				"not an approve of the session's user");
		assertRefused(environment.client.post("/sessions/" + id + "/close", Map.of("transaction", "AAAA")),
				"'transaction' cannot be read");
		assertThat(environment.client.get("/sessions/" + id).text("status")).isEqualTo("active");
		environment.client.delete("/sessions/" + id);
		Reply quote = quote(payer, Map.of("cap", "1"));
		Map<String, Object> last = Map.of("transaction", signed(transaction(quote), payer.key).toEnvelopeXdrBase64());
		assertThat(environment.client.post("/sessions/nobody/close", last).status()).isEqualTo(404);
		for (int i = 0; i < 2; i++) {
			Reply closed = environment.client.post("/sessions/" + id + "/close", last);
			assertThat(closed.status()).as("%s", closed.body()).isEqualTo(200);
			assertThat(closed.text("status")).isEqualTo("closed");
		}
		Map<String, Object> claims = with(claims(quote, payer.key), "approvalTxHash", quote.text("hash"));
		claims.remove("transaction");
		assertThat(environment.client.post("/sessions", claims).status()).as("it has landed").isEqualTo(201);
	}

	@Test
	void transactionThatIsMoreThanAnApproveIsNotSent() {
		Payer payer = environment.payer();
		Reply quote = quote(payer, Map.of());
		Transaction approve = transaction(quote);
		assertNotSent(quote, payer, approve, "is not signed");
		assertNotSent(quote, payer, changed(approve, payer.key, 1, Memo.text("x")), "has a memo");
		assertNotSent(quote, payer, changed(approve, payer.key, 2, Memo.none()), "single call of a contract");
		Payer other = environment.payer();
		assertNotSent(quote, other, signed(approve, payer.key), "another 'user'");
		assertRefused(environment.client.post("/sessions", with(claims(quote, payer.key), "transaction", "AAAA")),
				"'transaction' cannot be read");
		Transaction bumped = signed(transaction(quote), payer.key);
		FeeBumpTransaction bump = new FeeBumpTransaction.Builder(bumped).setFeeAccount(payer.address())
			.setBaseFee(bumped.getFee())
			.build();
		bump.sign(payer.key);
		assertRefused(environment.client.post("/sessions",
				with(claims(quote, payer.key), "transaction", bump.toEnvelopeXdrBase64())), "is a fee bump");
		assertRefused(
				environment.client.post("/sessions", with(claims(quote, payer.key), "approvalTxHash", "0".repeat(64))),
				"'approvalTxHash' is not that of 'transaction'");
		assertRefused(environment.client.post("/sessions", with(claims(quote, payer.key), "cap", "999999")), "'proof'");
		assertThat(environment.client.post("/sessions", claims(quote, payer.key)).status()).as("none of these was sent")
			.isEqualTo(201);
	}

	@Test
	void transactionThatTheNetworkRefusesIsExplained() {
		Payer payer = environment.payer();
		Reply quote = quote(payer, Map.of());
		assertNotSent(quote, payer, signed(transaction(quote), KeyPair.random()), "is not signed by its account");
		payer.approved(1);
		assertNotSent(quote, payer, signed(transaction(quote), payer.key), "sequence number");
	}

	@Test
	void sponsoredApproveIsWrappedAndNothingElseIsSigned() throws Exception {
		try (FacilitatorEnvironment other = FacilitatorEnvironment.open();
				NodeProxy proxy = new NodeProxy(other.devnet.rpcUri())) {
			other.stop();
			other.start(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.approvals.sponsored", "true",
					"facilitator.approvals.timeout", "300ms"));
			Payer payer = other.payer();
			Reply quote = other.client.post("/sessions/quote", wanted(other, payer));
			assertThat(quote.body().get("feesSponsored").asBoolean()).isTrue();
			Map<String, Object> claims = claims(quote, payer.key);
			proxy.holdsTransactions = true;
			for (int attempt = 0; attempt < 2; attempt++) {
				Reply waiting = other.client.post("/sessions", claims);
				assertThat(waiting.status()).as("%s", waiting.body()).isEqualTo(503);
				assertThat(waiting.text("approvalTxHash")).isEqualTo(quote.text("hash"));
			}
			assertThat(proxy.held.stream().map(QuoteTests::envelope).distinct()).as("always the same").hasSize(1);
			FeeBumpTransaction sent = (FeeBumpTransaction) AbstractTransaction
				.fromEnvelopeXdr(envelope(proxy.held.getFirst()), new Network(other.devnet.networkPassphrase()));
			assertThat(sent.getFeeAccount()).isEqualTo(other.spender.getAccountId());
			assertThat(sent.getInnerTransaction().hashHex()).isEqualTo(quote.text("hash"));
			assertThat(sent.getFee()).isBetween(sent.getInnerTransaction().getFee(), 1_500_000L);
			assertThat(sent.getSignatures()).hasSize(1);
			assertThat(other.spender.verify(sent.hash(), sent.getSignatures().get(0).getSignature().getSignature()))
				.isTrue();

			proxy.held.clear();
			Transaction dear = transaction(quote);
			Transaction greedy = new TransactionBuilder(new Account(payer.address(), dear.getSequenceNumber() - 1),
					dear.getNetwork())
				.addPreconditions(dear.getPreconditions())
				.setBaseFee(2_000_000)
				.setSorobanData(dear.getSorobanData())
				.addOperation(dear.getOperations()[0])
				.build();
			claims.put("transaction", signed(greedy, payer.key).toEnvelopeXdrBase64());
			claims.put("proof",
					Proofs.signed(with(new HashMap<>(claims), "approvalTxHash", greedy.hashHex()), payer.key)
						.get("proof"));
			assertRefused(other.client.post("/sessions", claims), "bids more than the fee");
			assertThat(proxy.held).isEmpty();
		}
	}

	@Test
	void payerWithoutLumensToSpendOpensASessionWhoseFeeIsSponsored() {
		try (FacilitatorEnvironment other = FacilitatorEnvironment.open()) {
			other.stop();
			Map<String, String> properties = Map.of("facilitator.approvals.sponsored", "true",
					"facilitator.approvals.sponsored-per-payer", "1");
			other.start(properties);
			Payer payer = new Payer(other, KeyPair.random());
			other.payer().land(new CreateAccountOperation.Builder(payer.address(), "1.5").build());
			other.devnet.faucet(payer.address(), new BigDecimal("5"));
			BigInteger spenderBefore = other.lumens(other.spender);
			Reply session = other.client.post("/sessions",
					claims(other.client.post("/sessions/quote", wanted(other, payer)), payer.key));
			assertThat(session.status()).as("%s", session.body()).isEqualTo(201);
			assertThat(other.lumens(payer.key)).isEqualTo(15_000_000);
			assertThat(other.lumens(other.spender)).isLessThan(spenderBefore);
			assertThat(other.client.settle(Payments.of(other, session.text("sessionId"), "1000000")).status())
				.isEqualTo(200);
			other.stop();
			other.start(properties);
			Reply second = other.client.post("/sessions",
					claims(other.client.post("/sessions/quote", wanted(other, payer)), payer.key));
			assertRefused(second, "pays no more fees today");
		}
	}

	@Test
	void strangersCannotUseUpWhatIsSponsored() {
		try (FacilitatorEnvironment other = FacilitatorEnvironment.open()) {
			other.stop();
			other.start(Map.of("facilitator.approvals.sponsored", "true", "facilitator.approvals.sponsored-per-payer",
					"1"));
			Payer payer = other.payer();
			Reply quote = other.client.post("/sessions/quote", wanted(other, payer));
			Map<String, Object> forged = claims(quote, KeyPair.random());
			forged.remove("proof");
			for (int i = 0; i < 3; i++) {
				assertRefused(other.client.post("/sessions", forged), "not signed by its account's own key");
			}
			assertThat(other.client.post("/sessions", claims(quote, payer.key)).status()).isEqualTo(201);
		}
	}

	private static String envelope(byte[] call) {
		Matcher matcher = Pattern.compile("\"transaction\":\"([^\"]+)\"").matcher(new String(call));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	private static Reply quote(Payer payer, Map<String, Object> changed) {
		Map<String, Object> wanted = wanted(environment, payer);
		wanted.putAll(changed);
		return environment.client.post("/sessions/quote", wanted);
	}

	private static Map<String, Object> wanted(FacilitatorEnvironment where, Payer payer) {
		return new HashMap<>(Map.of("user", payer.address(), "asset", where.devnet.usdcContract(), "recipient",
				where.merchant.getAccountId(), "cap", "1000000", "expiresIn", 3_600, "network", "stellar:testnet"));
	}

	private static Reply register(Reply quote, Payer payer) {
		return environment.client.post("/sessions", claims(quote, payer.key));
	}

	/** What a payer with nothing but a key sends back. */
	private static Map<String, Object> claims(Reply quote, KeyPair key) {
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		Map<String, Object> claims = new HashMap<>();
		for (String field : new String[] { "user", "asset", "recipient", "cap", "network" }) {
			claims.put(field, quote.text(field));
		}
		claims.put("expirationLedger", quote.body().get("expirationLedger").asLong());
		claims.put("transaction", signed(transaction(quote), key).toEnvelopeXdrBase64());
		claims.put("proof", Proofs.of(quote.text("proofMessage"), key));
		return claims;
	}

	private static Map<String, Object> with(Map<String, Object> claims, String field, Object value) {
		claims.put(field, value);
		return claims;
	}

	private static Transaction transaction(Reply quote) {
		try {
			return (Transaction) AbstractTransaction.fromEnvelopeXdr(quote.text("transaction"),
					new Network("Test SDF Network ; September 2015"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Transaction signed(Transaction transaction, KeyPair key) {
		transaction.sign(key);
		return transaction;
	}

	private static Transaction changed(Transaction approve, KeyPair key, int operations, Memo memo) {
		TransactionBuilder builder = new TransactionBuilder(
				new Account(approve.getSourceAccount(), approve.getSequenceNumber() - 1), approve.getNetwork())
			.addPreconditions(approve.getPreconditions())
			.setBaseFee(approve.getFee())
			.setSorobanData(approve.getSorobanData())
			.addMemo(memo);
		for (int i = 0; i < operations; i++) {
			builder.addOperation(approve.getOperations()[0]);
		}
		return signed(builder.build(), key);
	}

	private static void assertNotSent(Reply quote, Payer payer, Transaction transaction, String why) {
		Map<String, Object> claims = claims(quote, payer.key);
		claims.put("user", payer.address());
		claims.put("transaction", transaction.toEnvelopeXdrBase64());
		Map<String, Object> named = with(new HashMap<>(claims), "approvalTxHash", transaction.hashHex());
		claims.put("proof", Proofs.signed(named, payer.key).get("proof"));
		assertRefused(environment.client.post("/sessions", claims), why);
	}

	private static void assertRefused(Reply reply, String why) {
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(400);
		assertThat(reply.text("error")).contains(why);
	}

}

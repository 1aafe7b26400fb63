package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A spender takes another's place while people pay: what they have allowed the former one
 * is paid by that one, whatever comes after by the next, and nothing is lost.
 */
class SpenderRotationTests {

	private static final long CAP = 5_000_000;

	private static final long MANY_LEDGERS = 100_000;

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();

	private final KeyPair former = this.environment.spender;

	private final KeyPair next = KeyPair.random();

	@AfterEach
	void close() {
		this.environment.close();
	}

	@Test
	void paymentsGoOnByTheSpenderThatTheirPayerHasAllowed() {
		Map<String, String> before = properties(Map.of("facilitator.other-spenders[0].secret", seed(this.next)));
		Map<String, String> after = properties(Map.of("facilitator.secret", seed(this.next),
				"facilitator.other-spenders[0].secret", seed(this.former)));
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(before);
		AtomicReference<FacilitatorServer> node = new AtomicReference<>(this.environment.server());
		PayerLoad load = new PayerLoad(this.environment, () -> List.of(node.get().url()));
		List<Payer> first = payers(3);
		load.come(sessions(first, this.former), 2);
		load.awaitPayments(10);
		restart(node, after);
		assertThat(this.environment.client.get("/health").text("address")).isEqualTo(this.next.getAccountId());
		List<Payer> second = payers(2);
		load.come(sessions(second, this.next), 1);
		load.awaitPayments(15);
		restart(node, after);
		load.awaitPayments(15);
		load.leave();
		assertThat(load.refused).isEmpty();
		try (TestDatabase database = this.environment.openDatabase()) {
			Eventually.isTrue(() -> database.jdbc()
				.sql("select count(*) from settlement where status in ('COMMITTED', 'HELD', 'RESERVED', 'SUBMITTED')")
				.query(Integer.class)
				.single() == 0);
			first.forEach(
					(payer) -> assertThat(taken(payer, this.former)).isEqualTo(spent(database, payer)).isPositive());
			second
				.forEach((payer) -> assertThat(taken(payer, this.next)).isEqualTo(spent(database, payer)).isPositive());
		}
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(load.amount.get());
		assertThat(Commands.run(this.environment, after, "reconcile").text()).contains("Books and chain agree.");
	}

	/** What one payer has committed under both is paid out of the one or the other. */
	@Test
	void commitmentsOfOnePayerAreRedeemedUnderTheSpenderOfEach() {
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(properties(Map.of("facilitator.secret", seed(this.next),
				"facilitator.other-spenders[0].secret", seed(this.former), "facilitator.deferred.max-age", "3s")));
		Payer payer = this.environment.payer();
		String old = register(payer.approved(this.former, CAP, ledger()));
		String recent = register(payer.approved(this.next, CAP, ledger()));
		for (int i = 0; i < 3; i++) {
			Commitments.commit(this.environment, old, "1000");
			Commitments.commit(this.environment, recent, "500");
		}
		Eventually.isTrue(
				() -> taken(payer, this.former).longValue() == 3_000 && taken(payer, this.next).longValue() == 1_500);
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(4_500);
	}

	@Test
	void spenderThatCannotSignKeepsNothingFromTheOther() {
		this.environment.devnet.fund(this.next.getAccountId());
		try (SigningService service = SigningService.start(AccountKey.of(seed(this.former)))) {
			Map<String, String> properties = properties(
					Map.of("facilitator.secret", seed(this.next), "facilitator.deferred.max-age", "3s"));
			service.properties("client")
				.forEach((name, value) -> properties.put(
						name.replace("facilitator.signer", "facilitator.other-spenders[0].signer"),
						name.equals("facilitator.secret") ? seed(this.next) : value));
			this.environment.start(properties);
			Payer payer = this.environment.payer();
			String old = register(payer.approved(this.former, CAP, ledger()));
			String recent = register(payer.approved(this.next, CAP, ledger()));
			Commitments.commit(this.environment, old, "1000");
			Commitments.commit(this.environment, recent, "500");
			service.answer = SigningService.Answer.REFUSAL;
			Eventually.isTrue(() -> taken(payer, this.next).longValue() == 500);
			assertThat(taken(payer, this.former)).isZero();
			Map<String, Object> promised = Commitments.of(this.environment, old, "pay_nobody_signs_for_this", "1000");
			Eventually.isTrue(() -> String.valueOf(this.environment.client.settle(promised).text("errorMessage"))
				.contains("cannot be signed now"));
			Eventually.isTrue(() -> this.environment.client.verify(promised).status() == 503);
			service.answer = SigningService.Answer.SIGNATURE;
			Eventually.isTrue(() -> this.environment.client.settle(promised).status() == 200);
			Eventually.isTrue(() -> taken(payer, this.former).longValue() == 2_000);
		}
	}

	/** The node that has found it may be another one. */
	@Test
	void differenceUnderASpenderThatIsNotHereKeepsSettlingOffUntilItIsAccepted() {
		this.environment.start(properties(Map.of()));
		String session = this.environment.payer().session(CAP);
		assertThat(this.environment.settleInTurn(session, "1000").status()).isEqualTo(200);
		this.environment.stop();
		try (TestDatabase database = this.environment.openDatabase()) {
			database.store().search(this.next.getAccountId()).found("the books lack something");
		}
		this.environment.start(properties(Map.of()));
		assertThat(this.environment.client.settle(Payments.of(this.environment, session, "1000")).status())
			.isEqualTo(503);
		assertThat(Commands.run(this.environment, properties(Map.of()), "reconcile", "--accept").code()).isZero();
		Eventually.isTrue(
				() -> this.environment.client.settle(Payments.of(this.environment, session, "1000")).status() == 200);
	}

	@Test
	void allowanceThatIsTakenBackFromOneSpenderKeepsNothingFromTheOther() {
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(properties(Map.of("facilitator.secret", seed(this.next),
				"facilitator.other-spenders[0].secret", seed(this.former), "facilitator.deferred.max-age", "3s")));
		Payer payer = this.environment.payer();
		String old = register(payer.approved(this.former, CAP, ledger()));
		String recent = register(payer.approved(this.next, CAP, ledger()));
		Commitments.commit(this.environment, old, "1000");
		Commitments.commit(this.environment, recent, "500");
		payer.transfer(this.environment.otherMerchant.getAccountId(), 1_000_000_000);
		try (TestDatabase database = this.environment.openDatabase()) {
			Eventually.isTrue(() -> defaulted(database) == 2);
			payer.approved(this.former, 0, 0);
			this.environment.devnet.faucet(payer.address(), BigDecimal.ONE);
			Eventually.isTrue(() -> taken(payer, this.next).longValue() == 500);
			assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(500);
			Eventually.isTrue(() -> defaulted(database) == 1);
		}
	}

	private static int defaulted(TestDatabase database) {
		return database.jdbc()
			.sql("select count(*) from settlement where status = 'DEFAULTED'")
			.query(Integer.class)
			.single();
	}

	@Test
	void newSessionsAreOfTheNewSpenderAndOldOnesStayThemselves() {
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(properties(Map.of()));
		Payer payer = this.environment.payer();
		Map<String, Object> claims = payer.approved(this.former, CAP, ledger());
		String session = register(claims);
		this.environment.stop();
		this.environment
			.start(properties(Map.of("facilitator.secret", seed(this.next), "facilitator.other-spenders[0].secret",
					seed(this.former), "facilitator.channel-secret", seed(KeyPair.random()))));
		Reply supported = this.environment.client.get("/supported");
		assertThat(String.valueOf(supported.body())).contains("\"spender\":\"" + this.next.getAccountId())
			.contains("\"otherSpenders\":[\"" + this.former.getAccountId() + "\"]");
		assertThat(quote(payer, Map.of("recipient", this.environment.merchant.getAccountId(), "cap", "1000"))
			.text("spender")).isEqualTo(this.next.getAccountId());
		assertThat(this.environment.client.post("/sessions", claims).text("sessionId"))
			.as("its id followed from another secret")
			.isEqualTo(session);
		assertThat(register(payer.approved(this.former, CAP, ledger()))).as("an approve that was under way")
			.isNotBlank();
		assertThat(quote(payer, Map.of("closing", true)).text("spender")).isEqualTo(this.former.getAccountId());
		assertThat(quote(payer, Map.of("closing", true, "spender", this.next.getAccountId())).text("spender"))
			.isEqualTo(this.next.getAccountId());
		assertThat(quote(payer, Map.of("closing", true, "spender", payer.address())).status()).isEqualTo(400);
		Map<String, Object> toNobody = Map.of("amount", "1000", "extra", Map.of("spender", payer.address()));
		assertThat(this.environment.client.settle(Payments.of(this.environment, session, toNobody)).text("errorReason"))
			.isEqualTo("spender_mismatch");
	}

	@Test
	void sessionsWhoseKeyIsNotHerePayNothingUntilItIs() {
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(properties(Map.of()));
		String session = this.environment.payer().session(CAP);
		this.environment.stop();
		this.environment.start(properties(Map.of("facilitator.secret", seed(this.next))));
		Reply refused = this.environment.client.settle(Payments.of(this.environment, session, "1000"));
		assertThat(refused.text("errorReason")).isEqualTo("spender_mismatch");
		this.environment.stop();
		this.environment.start(properties(Map.of("facilitator.secret", seed(this.next),
				"facilitator.other-spenders[0].secret", seed(this.former))));
		assertThat(this.environment.settleInTurn(session, "1000").status()).isEqualTo(200);
	}

	/** What one node cannot do another can, so that it is no reason to open another. */
	@Test
	void nodeThatDoesNotKnowTheNewSpenderYetRefusesNothingForGood() {
		this.environment.devnet.fund(this.next.getAccountId());
		try (TestDatabase database = TestDatabase.postgres()) {
			Map<String, String> shared = properties(database.properties());
			Map<String, String> after = new HashMap<>(shared);
			after.put("facilitator.secret", seed(this.next));
			after.put("facilitator.other-spenders[0].secret", seed(this.former));
			this.environment.start(after);
			try (FacilitatorServer old = FacilitatorServer.start(this.environment.properties(shared))) {
				FacilitatorClient late = new FacilitatorClient(old.url());
				Payer payer = this.environment.payer();
				Map<String, Object> claims = payer.approved(this.next, CAP, ledger());
				Reply early = late.post("/sessions", claims);
				assertThat(early.status()).as("%s", early.body()).isEqualTo(503);
				String session = register(claims);
				Map<String, Object> payment = Payments
					.tracked(
							Payments.identified(
									Payments.of(this.environment, session,
											Map.of("amount", "1000", "extra",
													Map.of("spender", this.next.getAccountId()))),
									"pay_rotation_payment_1"));
				Reply refused = late.settle(payment);
				assertThat(refused.status()).as("%s", refused.body()).isEqualTo(503);
				assertThat(refused.text("errorReason")).isEqualTo("rpc_error");
				assertThat(late.post("/verify", payment).status()).isEqualTo(503);
				assertThat(late.post("/sessions", claims).status()).isEqualTo(503);
				assertThat(quote(late, payer, Map.of("closing", true)).status()).isEqualTo(503);
				assertThat(quote(late, payer, Map.of("closing", true, "spender", this.next.getAccountId())).status())
					.isEqualTo(503);
				assertThat(quote(payer, Map.of("closing", true)).text("spender")).isEqualTo(this.next.getAccountId());
				Eventually.isTrue(() -> this.environment.client.settle(payment).status() == 200);
				assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(1_000);
				this.environment.stop();
				assertThat(late.settle(Payments.of(this.environment, session, "1000")).text("errorReason"))
					.as("who knows the spender may be starting again")
					.isEqualTo("rpc_error");
			}
		}
	}

	@Test
	void fileThatIsReplacedNamesTheNextSpenderWithoutARestart(@TempDir Path directory) throws IOException {
		this.environment.devnet.fund(this.next.getAccountId());
		Path file = Files.writeString(directory.resolve("spender"), seed(this.former));
		this.environment
			.start(properties(Map.of("facilitator.secret", "", "facilitator.secret-file", file.toString())));
		Payer payer = this.environment.payer();
		String old = payer.session(CAP);
		Files.writeString(file, "half of a se");
		Files.writeString(file, seed(this.next));
		Eventually
			.isTrue(() -> this.environment.client.get("/health").text("address").equals(this.next.getAccountId()));
		String session = register(this.environment.payer().approved(this.next, CAP, ledger()));
		for (String id : new String[] { old, session }) {
			assertThat(this.environment.settleInTurn(id, "1000").status()).isEqualTo(200);
		}
		assertThat(taken(payer, this.former)).isEqualTo(1_000);
		Map<String, String> now = properties(
				Map.of("facilitator.secret", "", "facilitator.secret-file", file.toString()));
		now.remove("facilitator.channels");
		now.put("facilitator.other-spenders[0].secret", seed(this.former));
		Commands.Output closing = Commands.run(this.environment, now, "channels", "close", "--former");
		assertThat(closing.code()).as(closing.text()).isNotZero();
		assertThat(closing.text()).contains("in use");
		assertThat(this.environment.lumens(this.environment.channel(1))).isPositive();
		assertThat(this.environment.settleInTurn(session, "1000").status()).isEqualTo(200);
		this.environment.stop();
		assertThat(Commands.run(this.environment, now, "channels", "close", "--former").code()).isZero();
		assertThat(this.environment.lumens(this.environment.channel(1))).isZero();
	}

	@Test
	void lumensOfFormerChannelsGoToTheCurrentSpender() {
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(properties(Map.of("facilitator.channels", "2")));
		Eventually.isTrue(() -> this.environment.lumens(this.environment.channel(2)).signum() > 0);
		this.environment.stop();
		Map<String, String> after = properties(Map.of("facilitator.secret", seed(this.next),
				"facilitator.other-spenders[0].secret", seed(this.former)));
		after.remove("facilitator.channels");
		BigInteger before = this.environment.lumens(this.next);
		Commands.Output output = Commands.run(this.environment, after, "channels", "close", "--former");
		assertThat(output.code()).as(output.text()).isZero();
		assertThat(this.environment.lumens(this.environment.channel(1))).isZero();
		assertThat(this.environment.lumens(this.environment.channel(2))).isZero();
		assertThat(this.environment.lumens(this.next)).isGreaterThan(before.add(BigInteger.valueOf(90_000_000)));
	}

	@Test
	void formerChannelsThatWereJustUsedAreClosedAtOnceWhereTheOperatorSaysSo() {
		this.environment.devnet.fund(this.next.getAccountId());
		this.environment.start(properties(Map.of("facilitator.channels", "2")));
		String session = this.environment.payer().session(CAP);
		Eventually.isTrue(() -> this.environment.lumens(this.environment.channel(2)).signum() > 0);
		assertThat(this.environment.settleInTurn(session, "1000").status()).isEqualTo(200);
		Map<String, String> after = properties(Map.of("facilitator.secret", seed(this.next),
				"facilitator.other-spenders[0].secret", seed(this.former)));
		this.environment.stop();
		this.environment.start(after);
		after.remove("facilitator.channels");
		Commands.Output careful = Commands.run(this.environment, after, "channels", "close", "--former");
		assertThat(careful.code()).as(careful.text()).isNotZero();
		assertThat(careful.text()).contains("in use", "2 account(s) are left");
		assertThat(this.environment.lumens(this.environment.channel(1))).isPositive();
		BigInteger before = this.environment.lumens(this.next);
		Commands.Output atOnce = Commands.run(this.environment, after, "channels", "close", "--former", "--at-once");
		assertThat(atOnce.code()).as(atOnce.text()).isZero();
		assertThat(this.environment.lumens(this.environment.channel(1))).isZero();
		assertThat(this.environment.lumens(this.environment.channel(2))).isZero();
		assertThat(this.environment.lumens(this.next)).isGreaterThan(before.add(BigInteger.valueOf(90_000_000)));
		assertThat(this.environment.settleInTurn(session, "1000").status()).isEqualTo(200);
	}

	private Map<String, String> properties(Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.putAll(Map.of("facilitator.deferred.max-age", "1s", "facilitator.channels", "2"));
		properties.putAll(more);
		return properties;
	}

	private void restart(AtomicReference<FacilitatorServer> node, Map<String, String> properties) {
		this.environment.stop();
		this.environment.start(properties);
		node.set(this.environment.server());
	}

	private List<Payer> payers(int count) {
		List<Payer> payers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			payers.add(this.environment.payer());
		}
		return payers;
	}

	private List<String> sessions(List<Payer> payers, KeyPair spender) {
		return payers.stream().map((payer) -> register(payer.approved(spender, CAP, ledger()))).toList();
	}

	private String register(Map<String, Object> claims) {
		Reply reply = this.environment.client.post("/sessions", claims);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private Reply quote(Payer payer, Map<String, Object> more) {
		return quote(this.environment.client, payer, more);
	}

	private Reply quote(FacilitatorClient node, Payer payer, Map<String, Object> more) {
		Map<String, Object> request = new HashMap<>(Map.of("user", payer.address(), "asset",
				this.environment.devnet.usdcContract(), "network", "stellar:testnet", "expiresIn", 86_400));
		request.putAll(more);
		return node.post("/sessions/quote", request);
	}

	private long ledger() {
		return this.environment.devnet.latestLedger() + MANY_LEDGERS;
	}

	/** What a spender has taken of the one allowance that it was given. */
	private BigInteger taken(Payer payer, KeyPair spender) {
		LedgerState chain = new LedgerState(
				new HttpStellarRpc(this.environment.devnet.rpcUri(), Duration.ofSeconds(10)),
				this.environment.devnet.networkPassphrase());
		return BigInteger.valueOf(CAP)
			.subtract(chain.allowance(this.environment.devnet.usdcContract(), payer.address(), spender.getAccountId())
				.amount());
	}

	private static BigInteger spent(TestDatabase database, Payer payer) {
		return database.jdbc()
			.sql("select sum(spent) from payment_session where payer = :payer")
			.param("payer", payer.address())
			.query((row, number) -> row.getBigDecimal(1).toBigInteger())
			.single();
	}

	private static String seed(KeyPair key) {
		return new String(key.getSecretSeed());
	}

}

package io.github.x402sessions.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.fixtures.AdvancingClock;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.ApproveVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SessionWallet}: what an opening that fails or takes its time does to
 * the money and to other calls.
 */
class SessionWalletTests {

	private static final URI SHOP = URI.create("http://shop/");

	private final ApproveVector vector = ApproveVector.read();

	private final AdvancingClock clock = AdvancingClock.running();

	private final FakeRpc rpc = new FakeRpc().ready(this.vector)
		.on("sendTransaction", Map.of("status", "PENDING"))
		.on("getTransaction", Map.of("status", "SUCCESS", "ledger", 1001));

	private final FakeFacilitator facilitator = new FakeFacilitator()
		.offering("session", "stellar:testnet", "spender", this.vector.spender())
		.registering(WireMock.badRequest().withBody("{\"error\":\"not on my list\"}"));

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private final SessionWallet wallet = new SessionWallet("1.50", this::client);

	/** What the signer throws, if anything. */
	private volatile Throwable failure;

	@AfterEach
	void stop() {
		this.rpc.close();
		this.facilitator.close();
	}

	@Test
	void approveThatIsNotRegisteredIsFollowedByNoOther() {
		for (int i = 0; i < 3; i++) {
			assertThat(call(this.vector.recipient()).join()).isEmpty();
		}
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(call(this.vector.recipient()).join()).isEmpty();
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(1);
		assertThat(this.facilitator.registrations()).hasSize(2);
		assertThat(this.wallet.uncommitted()).isEqualTo(5_000_000);
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(this.wallet::close)
			.withMessageContaining("an allowance stands of which no session came");
	}

	@Test
	void approveThatHasEndedIsForgotten() {
		assertThat(call(this.vector.recipient()).join()).isEmpty();
		assertThat(this.wallet.uncommitted()).isEqualTo(5_000_000);
		this.clock.advance(Duration.ofMinutes(90));
		assertThat(this.wallet.uncommitted()).isEqualTo(5_000_000);
		assertThat(call(this.vector.recipient()).join()).isEmpty();
		this.clock.advance(Duration.ofMinutes(31));
		assertThat(this.wallet.uncommitted()).isEqualTo(15_000_000);
		this.wallet.close();
		this.facilitator.registering(FakeFacilitator.created());
		assertThat(call(this.vector.recipient()).join()).isPresent();
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(2);
	}

	@Test
	void approveThatStandsLongerThanAsked() {
		Map<String, ?> prepared = Map.of("status", "healthy", "latestLedger", 1000, "latestLedgerCloseTime",
				1799999940);
		this.rpc.on("getHealth", prepared, Map.of("status", "healthy", "latestLedger", 280));
		assertThat(call(this.vector.recipient()).join()).isEmpty();
		this.clock.advance(Duration.ofMinutes(239));
		assertThat(this.wallet.uncommitted()).isEqualTo(5_000_000);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.wallet.uncommitted()).isEqualTo(15_000_000);
	}

	@Test
	void approveOfWhichNobodyKnowsTheEndStands() {
		this.rpc.on("getHealth", Map.of("status", "healthy", "latestLedger", 1000, "latestLedgerCloseTime", 1799999940),
				Map.of("latestLedger", "unknown"));
		assertThat(call(this.vector.recipient()).join()).isEmpty();
		this.clock.advance(Duration.ofDays(300));
		assertThat(this.wallet.uncommitted()).isEqualTo(5_000_000);
	}

	@Test
	void approveIsRegisteredWhenTheFacilitatorTakesIt() {
		call(this.vector.recipient()).join();
		this.facilitator.registering(FakeFacilitator.created());
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(call(this.vector.recipient()).join()).isPresent();
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(1);
		assertThat(this.wallet.sessions()).containsOnlyKeys(this.vector.recipient());
	}

	@Test
	void openingThatHangsHoldsUpNobodyElse() {
		this.facilitator.registering(FakeFacilitator.created().withFixedDelay(60_000));
		this.wallet.restore(saved(this.vector.spender(), "5000000"));
		CompletableFuture<Optional<String>> opening = call(this.vector.recipient());
		CompletableFuture<Optional<String>> sameOpening = call(this.vector.recipient());
		assertThat(call(this.vector.spender()).getNow(Optional.empty())).isPresent();
		assertThat(this.wallet.uncommitted()).isZero();
		assertThat(opening).isNotDone();
		assertThat(sameOpening).isNotDone();
	}

	@Test
	void openingThatHangsHoldsUpNoClosing() throws InterruptedException {
		this.facilitator.registering(FakeFacilitator.created().withFixedDelay(60_000));
		call(this.vector.recipient());
		this.wallet.restore(saved(this.vector.spender(), "5000000"));
		CompletableFuture.runAsync(this.wallet::close);
		assertThat(this.facilitator.awaitClosing()).isEqualTo("/sessions/saved+" + this.vector.spender());
		WalletSlot slot = new WalletSlot(client(this.vector.recipient()).build());
		slot.session();
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(() -> slot.close(Duration.ofMillis(50)))
			.withMessageContaining("a session is being opened");
		assertThat(slot.isOpening()).isTrue();
		LiveSessions live = LiveSessions.of(client(this.vector.recipient()).build().plan(), this.vector.spender());
		assertThatExceptionOfType(SessionNotClosedException.class)
			.isThrownBy(() -> live.aloneWithin(Duration.ofMillis(50), () -> {
			}))
			.withMessageContaining("another session of the same payer is being opened");
	}

	@Test
	void openingThatEndsInAnErrorIsAnsweredAndTriedAgain() {
		this.failure = new NoClassDefFoundError("a signer's driver");
		assertThat(call(this.vector.recipient()).orTimeout(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
			.isEmpty();
		assertThat(this.wallet.uncommitted()).isEqualTo(15_000_000);
		this.failure = null;
		this.facilitator.registering(FakeFacilitator.created());
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(call(this.vector.recipient()).orTimeout(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
			.isPresent();
	}

	@Test
	void sessionThatCannotBeClosedKeepsNoOtherOpen() {
		this.wallet.restore(saved(this.vector.spender(), "5000000"));
		this.wallet.restore(saved(this.vector.recipient(), "5000000"));
		this.failure = new IllegalStateException("locked");
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(this.wallet::close)
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
	}

	@Test
	void callsThatAreGivenUpWhileASessionOpensTakeNothingOfTheBudget() {
		this.facilitator.registering(FakeFacilitator.created().withFixedDelay(500));
		List<PaidCall> calls = Stream.generate(this::start).limit(3).toList();
		List<CompletableFuture<Optional<String>>> answers = calls.stream()
			.map((call) -> answer(call, this.vector.recipient()))
			.toList();
		calls.forEach((call) -> call.failed(new TimeoutException()));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isEmpty());
		assertThat(call(this.vector.recipient()).join()).isPresent();
	}

	@Test
	void allSessionsHaveOneBudget() {
		this.wallet.restore(saved(this.vector.recipient(), "5000000"));
		this.wallet.restore(saved(this.vector.spender(), "5000000"));
		assertThat(call(this.vector.recipient()).join()).isPresent();
		assertThat(call(this.vector.spender()).join()).isPresent();
		assertThat(call(this.vector.recipient()).join()).isEmpty();
		assertThat(call(this.vector.spender()).join()).isEmpty();
	}

	@Test
	void callsOfAWalletAreHeardOnceAndMakeARenewalTryAgain() {
		this.facilitator.registering(FakeFacilitator.created());
		SessionWallet renewing = new SessionWallet("1.50", (recipient) -> client(recipient).renewUpTo("2.00"));
		PaidCall first = start(renewing);
		assertThat(answer(first, this.vector.recipient()).join()).isPresent();
		this.clock.advance(Duration.ofMinutes(59));
		first.answered(402, List.of());
		Eventually.holds(() -> assertThat(this.events).hasAtLeastOneElementOfType(PaymentEvent.NotRenewed.class));
		assertThat(this.events).filteredOn((event) -> !(event instanceof PaymentEvent.NotRenewed))
			.hasExactlyElementsOfTypes(PaymentEvent.ExpiresSoon.class, PaymentEvent.Refused.class);
		PaidCall second = start(renewing);
		assertThat(answer(second, this.vector.recipient()).join()).isPresent();
		this.clock.advance(Duration.ofMinutes(1));
		Eventually.holds(() -> {
			second.answered(402, List.of());
			assertThat(this.events).filteredOn(PaymentEvent.NotRenewed.class::isInstance).hasSizeGreaterThan(1);
		});
	}

	@Test
	void originThatIsNotAllowedReachesNoOtherPayer() {
		PaidCall call = this.wallet.payments()
			.call("GET", URI.create("http://elsewhere/"), (name) -> List.of())
			.orElseThrow();
		assertThat(answer(call, this.vector.recipient()).join()).isEmpty();
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Declined.class,
					(declined) -> assertThat(declined.reason()).isEqualTo(DeclineReason.ORIGIN));
	}

	@Test
	void priceBeyondTheLimitReachesNoOtherPayerAndOpensNoSession() {
		for (String price : List.of("10000001", "0", "a lot")) {
			assertThat(answer(start(), this.vector.recipient(), price).join()).isEmpty();
		}
		assertThat(this.events).extracting((event) -> ((PaymentEvent.Declined) event).reason())
			.containsOnly(DeclineReason.PRICE)
			.hasSize(3);
		assertThat(this.facilitator.registrations()).isEmpty();
	}

	private CompletableFuture<Optional<String>> call(String recipient) {
		return answer(start(), recipient);
	}

	private PaidCall start() {
		return start(this.wallet);
	}

	private static PaidCall start(SessionWallet wallet) {
		return wallet.payments().call("GET", SHOP, (name) -> List.of()).orElseThrow();
	}

	private CompletableFuture<Optional<String>> answer(PaidCall call, String recipient) {
		return answer(call, recipient, "100");
	}

	private CompletableFuture<Optional<String>> answer(PaidCall call, String recipient, String price) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", price, this.vector.asset(),
				recipient, 60, Map.of());
		return call.answerLater(
				List.of(PaymentHeader
					.encode(PaymentRequired.of(null, new ResourceInfo("http://shop/", null, null), List.of(asked)))),
				List.of());
	}

	private SavedSession saved(String recipient, String cap) {
		return new SavedSession(this.facilitator.uri().toString(), "stellar:testnet", this.vector.user(),
				this.vector.asset(), 7, recipient, this.vector.spender(), cap, 9999, "ab".repeat(32),
				Instant.now().plusSeconds(3600).getEpochSecond(), "saved " + recipient, null);
	}

	private byte[] sign(byte[] hash) {
		Throwable thrown = this.failure;
		if (thrown instanceof Error error) {
			throw error;
		}
		if (thrown instanceof RuntimeException exception) {
			throw exception;
		}
		return SessionSigner.ofSecret(this.vector.userSecret()).sign(hash);
	}

	private SessionClientBuilder client(String recipient) {
		return SessionClient.builder()
			.signer(SessionSigner.of(this.vector.user(), this::sign))
			.facilitator(this.facilitator.uri())
			.rpc(this.rpc.uri())
			.asset(new Asset(this.vector.asset(), 7))
			.recipient(recipient)
			.cap("1.00")
			.maxPerPeriod("0.00002", Duration.ofDays(1))
			.expiresIn(Duration.ofHours(1))
			.allowedOrigins(SHOP)
			.clock(this.clock)
			.listener(this.events::add)
			.waiting(new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ZERO, Duration.ofMillis(1)),
					new RegistrationRetry(1, Duration.ofMillis(1)));
	}

}

package io.github.x402sessions.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are charged while they leave, on every container: held for at their first
 * flush, and settled once for what was charged for what has left.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class MeteredStreamTests {

	private static final List<String> events = new CopyOnWriteArrayList<>();

	private static MeteredHandlers handlers;

	private static PaidContainer shop;

	@Parameter
	Container.Kind kind;

	@BeforeParameterizedClassInvocation
	static void open(Container.Kind kind) throws Exception {
		handlers = new MeteredHandlers();
		shop = start(kind);
	}

	private static PaidContainer start(Container.Kind kind) throws Exception {
		return new PaidContainer(kind, handlers.all(), (route) -> route.withTiming(SettlementTiming.DEFERRED),
				(builder) -> builder.listener(new Recorder()));
	}

	@AfterParameterizedClassInvocation
	static void close() {
		shop.close();
	}

	@BeforeEach
	void begin() {
		events.clear();
		handlers.first = new CountDownLatch(1);
		handlers.second = new CountDownLatch(0);
		ScriptedFacilitator facilitator = shop.facilitator.holding();
		facilitator.holds.clear();
		facilitator.holdAnswers.clear();
		facilitator.amounts.clear();
		facilitator.released.set(0);
		facilitator.holdTime = Duration.ofMinutes(15);
		facilitator.settleTimeout = Duration.ofMinutes(1);
		facilitator.receipt = ScriptedFacilitator.RECEIPT;
	}

	@ParameterizedTest
	@ValueSource(strings = { "words", "asyncWords" })
	void theHeadHasTheHoldAndTheEndSettlesWhatWasCharged(String handler) throws Exception {
		HttpResponse<String> response = shop.pay("/paid/" + handler + "?words=3");
		assertThat(response.body()).isEqualTo(MeteredHandlers.WORD.repeat(3));
		SettleResponse receipt = PaidContainer.receipt(response);
		assertThat(receipt.amount()).isEqualTo("1000000");
		assertThat(String.valueOf(receipt.extensions())).contains("settlement=held");
		assertThat(shop.facilitator.amounts).containsExactly("300000");
		assertThat(events).containsExactly("begin 300000", "settled 300000 " + receipt.transaction());
		assertThat(shop.facilitator.released).hasValue(0);
	}

	@Test
	void aWordLeavesBeforeTheNextIsCharged() throws Exception {
		handlers.second = new CountDownLatch(1);
		try (InputStream words = shop.open("/paid/words?words=2", PaymentHeader.SIGNATURE, PaidContainer.payment())
			.body()) {
			assertThat(words.readNBytes(6)).hasSize(6);
			assertThat(shop.facilitator.amounts).isEmpty();
			handlers.second.countDown();
			assertThat(words.readAllBytes()).hasSize(6);
		}
		assertThat(shop.facilitator.amounts).containsExactly("200000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pages", "asyncPages", "pagesOfAThread", "pagesOfAFasterThread" })
	void whoLeavesPaysForWhatHasLeft(String handler) throws Exception {
		leave(handler);
		assertThat(shop.facilitator.amounts).containsExactly(handlers.left.toString());
		assertThat(handlers.left).isBetween(BigInteger.valueOf(100), BigInteger.valueOf(999_800));
		assertThat(events).hasSize(2);
	}

	/** What the container may have kept is not charged, what it had to send is. */
	@ParameterizedTest
	@ValueSource(strings = { "unflushedPages", "nonBlockingPages" })
	void whoLeavesPaysForWhatWasNeverFlushed(String handler) throws Exception {
		leave(handler);
		assertThat(new BigInteger(shop.facilitator.amounts.get(0))).isBetween(BigInteger.valueOf(100),
				BigInteger.valueOf(999_800));
		assertThat(events).hasSize(2);
	}

	private void leave(String handler) throws IOException {
		handlers.second = new CountDownLatch(1);
		try (Socket socket = ask(handler)) {
			socket.setSoLinger(true, 0);
			assertThat(socket.getInputStream().read()).isEqualTo('H');
			Eventually.opens(handlers.first);
		}
		handlers.second.countDown();
		Eventually.holds(() -> assertThat(events).hasSize(2));
	}

	private static Socket ask(String handler) throws IOException {
		Socket socket = new Socket(shop.uri().getHost(), shop.uri().getPort());
		socket.getOutputStream()
			.write(("GET %s/paid/%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nPAYMENT-SIGNATURE: %s\r\n\r\n"
				.formatted(Container.CONTEXT_PATH, handler, PaidContainer.payment()))
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	@Test
	void aListenerThatWritesWhenItMayIsPaidForAll() throws Exception {
		assertThat(shop.pay("/paid/nonBlockingPages").body()).hasSize(10_000 * 8192);
		Eventually.holds(() -> assertThat(events).hasSize(2));
		assertThat(shop.facilitator.amounts).containsExactly("1000000");
	}

	@Test
	void aHandlerThatFailsWasPaidForWhatHasLeft() throws Exception {
		assertThat(received("fails")).isEqualTo(MeteredHandlers.WORD.repeat(2));
		Eventually.holds(() -> assertThat(events).hasSize(3));
		assertThat(events).first().isEqualTo("begin 200000");
		assertThat(events).last().isEqualTo("paid but 500");
		assertThat(shop.facilitator.amounts).containsExactly("200000");
	}

	@Test
	void aTimeoutSettlesWhatHasLeft() throws Exception {
		assertThat(received("neverCompletes")).isEqualTo(MeteredHandlers.WORD);
		Eventually.holds(() -> assertThat(events).hasSize(2));
		assertThat(shop.facilitator.amounts).containsExactly("100000");
	}

	/**
	 * What arrives of a body that the container ends, or breaks off, without its chunks.
	 */
	private static String received(String handler) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try (Socket socket = ask(handler)) {
			socket.getInputStream().transferTo(received);
		}
		catch (SocketException ex) {
			// It was broken off.
		}
		String answer = received.toString(StandardCharsets.US_ASCII);
		assertThat(answer).startsWith("HTTP/1.1 200");
		return answer.substring(answer.indexOf("\r\n\r\n") + 4).replaceAll("[0-9a-f]*\r\n", "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "words", "asyncWords" })
	void whenTheMoneyIsUsedUpTheStreamEnds(String handler) throws Exception {
		assertThat(received(handler + "?words=12")).isEqualTo(MeteredHandlers.WORD.repeat(10));
		Eventually.holds(() -> assertThat(events).hasSize(2));
		assertThat(shop.facilitator.amounts).containsExactly("1000000");
	}

	@Test
	void aHoldThatIsAboutToLapseEndsTheCharging() throws Exception {
		shop.facilitator.holdTime = Duration.ofSeconds(2);
		assertThat(shop.pay("/paid/goesOn").body()).isEqualTo(MeteredHandlers.WORD + "refused");
		assertThat(shop.facilitator.amounts).containsExactly("100000");
	}

	@Test
	void whatIsNotChargedIsReleasedAndLeavesTheIdentifierFree() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		for (int i = 1; i <= 2; i++) {
			assertThat(shop.get("/paid/words?words=0", PaymentHeader.SIGNATURE, payment).statusCode()).isEqualTo(200);
			assertThat(shop.facilitator.released).hasValue(i);
		}
		assertThat(shop.facilitator.amounts).isEmpty();
		assertThat(events).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "no holds", "not deferred", "limits", "vague" })
	void whereNothingIsHeldTheAnswerIsKeptUntilItIsWhole(String why) throws Exception {
		holdNothing(why);
		HttpResponse<String> response = shop.pay("/paid/words?words=3");
		assertThat(response.body()).isEqualTo(MeteredHandlers.WORD.repeat(3));
		assertThat(PaidContainer.receipt(response).amount()).isEqualTo("300000");
		assertThat(shop.facilitator.amounts).containsExactly("300000");
		assertThat(events).hasSize(2);
	}

	@Test
	void whatIsTooLongToKeepIsRefusedAndNotCharged() throws Exception {
		holdNothing("limits");
		HttpResponse<String> response = shop.pay("/paid/pages");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.body()).contains("stream-not-held");
		assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(shop.facilitator.amounts).isEmpty();
		assertThat(events).isEmpty();
	}

	private static void holdNothing(String why) {
		switch (why) {
			case "no holds" -> shop.facilitator.extra = Map.of("deferred", true);
			case "not deferred" -> shop.facilitator.extra = Map.of("holds", true);
			case "limits" -> shop.facilitator.holdAnswers.add((held) -> refusal("not_held"));
			default -> shop.facilitator.holdAnswers.add((held) -> new SettleResponse(true, null, null, "GP",
					held.transaction(), held.network(), held.amount(), null));
		}
	}

	private static SettleResponse refusal(String reason) {
		return SettleResponse.failure(reason, null, "stellar:testnet");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dispatches", "forwards", "includes" })
	void allDispatchesAreOneStream(String handler) throws Exception {
		assertThat(shop.pay("/paid/" + handler).body()).isEqualTo(MeteredHandlers.WORD.repeat(2));
		Eventually.holds(() -> assertThat(events).hasSize(2));
		assertThat(shop.facilitator.amounts).containsExactly("200000");
		assertThat(shop.facilitator.holds).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "failsFirst", "status?status=304", "status?status=404", "status?status=503" })
	void whatIsFreeIsNotHeldFor(String handler) throws Exception {
		shop.pay("/paid/" + handler);
		assertThat(shop.facilitator.holds).isEmpty();
		assertThat(shop.facilitator.amounts).isEmpty();
		assertThat(events).isEmpty();
	}

	@Test
	void anAnswerThatCannotBeginGivesBackWhatIsHeld() throws Exception {
		assertThat(shop.pay("/paid/longer").statusCode()).isEqualTo(500);
		Eventually.holds(() -> assertThat(shop.facilitator.released).hasValue(1));
		assertThat(shop.facilitator.amounts).isEmpty();
		assertThat(events).isEmpty();
	}

	@Test
	void headCostsWhatItsHandlerCharges() throws Exception {
		shop.send("HEAD", "/paid/words?words=2", PaymentHeader.SIGNATURE, PaidContainer.payment());
		Eventually.holds(() -> assertThat(events).hasSize(2));
		assertThat(shop.facilitator.amounts).containsExactly("200000");
	}

	/** Its client waits for the end of the answer meanwhile, and its thread does. */
	@Test
	void anAnswerWaitsForASettlementButOnce() throws Exception {
		shop.facilitator.gate = new CountDownLatch(1);
		try {
			long begin = System.nanoTime();
			assertThat(shop.pay("/paid/closes").body()).isEqualTo(MeteredHandlers.WORD);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
		}
		finally {
			shop.facilitator.gate.countDown();
		}
		Eventually.holds(() -> assertThat(events).hasSize(2));
	}

	@Test
	void anAnswerThatIsWholeAtOnceNeedsNoHold() throws Exception {
		HttpResponse<String> response = shop.pay("/paid/unflushed");
		assertThat(response.body()).isEqualTo(MeteredHandlers.WORD.repeat(3));
		assertThat(PaidContainer.receipt(response).amount()).isEqualTo("300000");
		assertThat(shop.facilitator.holds).isEmpty();
	}

	@Test
	void aRefusedHoldTakesTheAnswerBack() throws Exception {
		shop.facilitator.holdAnswers.add((held) -> refusal("cap_exceeded"));
		HttpResponse<String> response = shop.pay("/paid/words?words=3");
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).doesNotContain(MeteredHandlers.WORD);
		assertThat(shop.facilitator.amounts).isEmpty();
		assertThat(events).last().isEqualTo("failed cap_exceeded");
	}

	@Test
	void aHoldWhoseAnswerWasLostIsAskedForAgain() throws Exception {
		shop.facilitator.holdAnswers.add((held) -> {
			throw new FacilitatorUnavailableException("lost", null);
		});
		HttpResponse<String> response = shop.pay("/paid/words?words=1");
		assertThat(shop.facilitator.holds).hasSize(1).containsValue(PaidContainer.receipt(response).transaction());
		assertThat(shop.facilitator.amounts).containsExactly("100000");
	}

	@ParameterizedTest
	@CsvSource({ "words?words=0, 200", "pages, 503", "fails, 500" })
	void whatMayBeHeldIsReleasedWhereNothingIsCharged(String handler, int status) throws Exception {
		answerNoHold();
		assertThat(shop.pay("/paid/" + handler).statusCode()).isEqualTo(status);
		Eventually.holds(() -> assertThat(shop.facilitator.released).hasValue(1));
		assertThat(shop.facilitator.holds).isEmpty();
		assertThat(shop.facilitator.amounts).isEmpty();
		assertThat(events).isEmpty();
	}

	@Test
	void whatMayBeHeldIsSettledWhereSomethingIsCharged() throws Exception {
		answerNoHold();
		HttpResponse<String> response = shop.pay("/paid/words?words=1");
		assertThat(shop.facilitator.holds).containsValue(PaidContainer.receipt(response).transaction());
		assertThat(shop.facilitator.amounts).containsExactly("100000");
		assertThat(shop.facilitator.released).hasValue(0);
	}

	/** It holds, and nobody hears of that. */
	private static void answerNoHold() {
		shop.facilitator.settleTimeout = Duration.ofMillis(100);
		shop.facilitator.holdAnswers.add((held) -> {
			throw new FacilitatorUnavailableException("lost", null);
		});
	}

	@Test
	void aHoldOfSomebodyElseBuysNothing() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		shop.facilitator.holdAnswers.add((held) -> {
			throw new IllegalStateException("gone");
		});
		shop.facilitator.holdAnswers.add((held) -> refusal("not_held"));
		assertThat(shop.get("/paid/pages", PaymentHeader.SIGNATURE, payment).statusCode()).isEqualTo(503);
		assertThat(shop.get("/paid/words?words=1", PaymentHeader.SIGNATURE, payment).statusCode()).isEqualTo(409);
	}

	@Test
	void aConclusionWhoseAnswerWasLostIsAskedForAgain() throws Exception {
		shop.facilitator.lostReceipts.add(new FacilitatorUnavailableException("lost", null));
		HttpResponse<String> response = shop.pay("/paid/words?words=1");
		assertThat(shop.facilitator.amounts).containsExactly("100000", "100000");
		assertThat(events).containsExactly("begin 100000",
				"settled 100000 " + PaidContainer.receipt(response).transaction());
	}

	@Test
	void aConclusionThatIsRefusedIsHeardOf() throws Exception {
		shop.facilitator.receipt = refusal("session_revoked");
		assertThat(shop.pay("/paid/words?words=1").body()).isEqualTo(MeteredHandlers.WORD);
		assertThat(events).containsExactly("begin 100000", "failed session_revoked");
	}

	@Test
	void whoAsksAgainGetsTheSameAnswerAndPaysOnce() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = shop.get("/paid/words?words=2", PaymentHeader.SIGNATURE, payment);
			assertThat(response.body()).isEqualTo(MeteredHandlers.WORD.repeat(2));
		}
		assertThat(shop.facilitator.amounts).containsExactly("200000");
	}

	@Test
	void whatWasCutOffIsNotGivenAgain() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		handlers.second = new CountDownLatch(1);
		InputStream pages = shop.open("/paid/pages", PaymentHeader.SIGNATURE, payment).body();
		Eventually.opens(handlers.first);
		pages.close();
		handlers.second.countDown();
		Eventually.holds(() -> assertThat(events).hasSize(2));
		Eventually.holds(() -> assertThat(shop.get("/paid/pages", PaymentHeader.SIGNATURE, payment).body())
			.contains("payment-identifier-spent"));
		assertThat(shop.facilitator.amounts).containsExactly(handlers.left.toString());
	}

	@Test
	void aStopSettlesWhatHasLeft() throws Exception {
		handlers.second = new CountDownLatch(1);
		PaidContainer stopped = start(this.kind);
		stopped.facilitator.holding();
		try (InputStream words = stopped.open("/paid/words?words=2", PaymentHeader.SIGNATURE, PaidContainer.payment())
			.body()) {
			assertThat(words.readNBytes(6)).hasSize(6);
			Eventually.opens(handlers.first);
			Thread stopping = new Thread(stopped::close);
			stopping.start();
			Eventually.holds(() -> assertThat(stopped.facilitator.amounts).containsExactly("100000"));
			handlers.second.countDown();
			stopping.join();
		}
		assertThat(events).startsWith("begin 100000").element(1).asString().startsWith("settled 100000");
		assertThat(events.subList(2, events.size())).as("a handler that still wrote when its connection was gone")
			.isSubsetOf("paid but 500");
	}

	private static final class Recorder implements PaymentListener {

		@Override
		public void beforeSettle(Payment payment) {
			events.add("begin " + payment.charged());
			throw new IllegalStateException("a listener that fails changes nothing");
		}

		@Override
		public void onSettled(Payment payment, SettleResponse receipt) {
			events.add("settled " + payment.charged() + " " + receipt.transaction());
		}

		@Override
		public void onSettlementFailed(Payment payment, SettleResponse failure) {
			events.add("failed " + failure.errorReason());
		}

		@Override
		public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
			events.add("paid but " + status);
		}

	}

}

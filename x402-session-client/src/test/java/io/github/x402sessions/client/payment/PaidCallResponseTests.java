package io.github.x402sessions.client.payment;

import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.jdk.BodyShop;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaidCallResponse}: only what proves that nothing was settled is a
 * refusal, and only after one may another session pay for the same call.
 */
class PaidCallResponseTests {

	private static final URI URL = URI.create("http://shop/tea");

	private final Payers payers = new Payers();

	private final Payments payments = this.payers.at(URL.toString());

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 302, 408, 429, 500, 502, 503, 504 })
	void statusThatProvesNothingIsUnknownAndTheCallStaysWithItsSession(int status) {
		answer(status, List.of(), List.of());
		assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		assertThat(sessionAfterAnother()).isEqualTo(Payers.ID);
	}

	@Test
	void connectionThatBreaksIsUnknownAndTheCallStaysWithItsSession() {
		PaidCall call = call();
		call.answer(List.of(BodyShop.challenge())).orElseThrow();
		call.failed(new ConnectException());
		assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		assertThat(sessionAfterAnother()).isEqualTo(Payers.ID);
	}

	static Stream<Map<String, Object>> doubtfulReceipts() {
		return Stream.of(Map.of("transaction", "ab".repeat(32), "errorReason", "invoke_failed"),
				Map.of("errorReason", "unexpected_settle_error"), Map.of("errorReason", "settlement_unknown"),
				Map.of("errorReason", "settlement_pending"), Map.of("errorReason", "duplicate_settlement"),
				Map.of("errorReason", "fetch failed"),
				Map.of("errorReason", "Facilitator settle failed (504): Gateway Timeout"), Map.of());
	}

	@ParameterizedTest
	@MethodSource("doubtfulReceipts")
	void receiptThatProvesNothingIsUnknown(Map<String, Object> receipt) {
		answer(402, List.of(receipt(receipt)), List.of());
		assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
		assertThat(sessionAfterAnother()).isEqualTo(Payers.ID);
	}

	@Test
	void receiptsThatCannotBeReadAreUnknown() {
		answer(402, List.of("%%%"), List.of());
		answer(402, List.of(receipt(Map.of("errorReason", "a")), receipt(Map.of("errorReason", "b"))), List.of());
		assertThat(this.payers.events()).hasSize(2).hasOnlyElementsOfType(PaymentEvent.Unknown.class);
	}

	@Test
	void refusalFreesTheCallForAnotherSession() {
		answer(402, List.of(receipt(Map.of("errorReason", "cap_exceeded"))), List.of());
		assertThat(this.payers.events()).containsExactly(new PaymentEvent.Refused(URL, 402, "cap_exceeded"));
		assertThat(sessionAfterAnother()).isEqualTo("another");
	}

	/** A server says so where its facilitator is certain that it has sent nothing. */
	@Test
	void whatWasNotMadeWasNotCharged() {
		answer(503, List.of(receipt(Map.of("errorReason", "settlement_not_made"))), List.of());
		assertThat(this.payers.events()).containsExactly(new PaymentEvent.Refused(URL, 503, "settlement_not_made"));
	}

	@Test
	void refusalAfterADoubtDoesNotFreeTheCall() {
		answer(504, List.of(), List.of());
		answer(402, List.of(receipt(Map.of("errorReason", "session_expired"))), List.of());
		assertThat(sessionAfterAnother()).isEqualTo(Payers.ID);
	}

	@Test
	void identifierThatIsSpentIsNotFree() {
		answer(409, List.of(), List.of());
		assertThat(sessionAfterAnother()).isEqualTo(Payers.ID);
	}

	@Test
	void reasonIsFoundWhereServersGiveIt() {
		String twice = receipt(Map.of("errorReason", "cap_exceeded"));
		answer(402, List.of(twice, twice), List.of());
		answer(402, List.of(), List.of(challenge("cap_exceeded")));
		answer(402, List.of(receipt(Map.of())), List.of(challenge("cap_exceeded")));
		answer(404, List.of(), List.of());
		assertThat(this.payers.events()).extracting((event) -> ((PaymentEvent.Refused) event).reason())
			.containsExactly("cap_exceeded", "cap_exceeded", "cap_exceeded", "no reason given");
	}

	private void answer(int status, List<String> receipts, List<String> challenges) {
		PaidCall call = call();
		call.answer(List.of(BodyShop.challenge())).orElseThrow();
		call.answered(status, receipts, challenges);
	}

	/** The session that pays when the call is made again and another has followed. */
	private Object sessionAfterAnother() {
		this.payers.follow("another");
		String payment = call().answer(List.of(BodyShop.challenge())).orElseThrow();
		return PaymentHeader.decode(payment, PaymentPayload.class, 8192).payload().get("sessionId");
	}

	private PaidCall call() {
		return this.payments
			.call("POST", URL, (name) -> name.equals("Idempotency-Key") ? List.of("order 7") : List.of())
			.orElseThrow();
	}

	private static String challenge(String error) {
		return PaymentHeader.encode(PaymentRequired.of(error, new ResourceInfo("http://shop/", null, null),
				List.of(HostileServer.asking("100"))));
	}

	private static String receipt(Map<String, Object> members) {
		Map<String, Object> receipt = new HashMap<>(members);
		receipt.put("success", false);
		receipt.put("network", "stellar:testnet");
		return PaymentHeader.encode(receipt);
	}

}

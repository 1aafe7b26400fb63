package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for calls over transports without methods: {@link PaidCallFactory#toolCall}.
 */
class ToolCallTests {

	private static final URI SERVER = URI.create("https://tools.example/mcp?key=secret");

	private static final List<String> RECEIPT = List
		.of("{\"success\":true,\"transaction\":\"hash\",\"network\":\"stellar:testnet\",\"amount\":\"10\"}");

	private static final Map<Origin, Origin> TOOLS = Map.of(Origin.of(SERVER), Origin.of(URI.create("mcp://tool")));

	private final Payers payers = new Payers();

	@Test
	void takesAndGivesJson() {
		PaidCall call = call(this.payers.at("https://tools.example"), "quote", null);
		PaymentPayload payment = read(call.answer(challenge("10")).orElseThrow());
		assertThat(payment.payload()).isEqualTo(Map.of("sessionId", Payers.ID));
		call.answered(200, RECEIPT);
		assertThat(this.payers.events()).singleElement().isInstanceOfSatisfying(PaymentEvent.Paid.class, (paid) -> {
			assertThat(paid.url()).hasToString("https://tools.example/mcp#quote");
			assertThat(paid.receipt().amount()).isEqualTo(10);
		});
	}

	@Test
	void aRefusalGivesItsReasonInAnotherChallenge() {
		PaidCall call = call(this.payers.at("https://tools.example"), "quote", null);
		call.answer(challenge("10")).orElseThrow();
		call.answered(402, List.of(), List.of(PaymentMeta.encode(asked("10").withError("cap_exceeded"))));
		assertThat(this.payers.events()).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Refused.class,
					(refused) -> assertThat(refused.reason()).isEqualTo("cap_exceeded"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "7", "eyJ4NDAyVmVyc2lvbiI6Mn0=" })
	void whatIsNoChallengeIsNotPaid(String challenge) {
		PaidCall call = call(this.payers.at("https://tools.example"), "quote", null);
		assertThat(call.answer(List.of(challenge))).isEmpty();
		assertThat(this.payers.events()).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Declined.class,
					(declined) -> assertThat(declined.reason()).isEqualTo(DeclineReason.UNREADABLE));
	}

	@Test
	void aPriceIsKnownOfTheToolThatItWasPaidFor() {
		Payments payments = this.payers.prepaying().at("https://tools.example");
		PaidCall call = call(payments, "quote", null);
		call.answer(challenge("10")).orElseThrow();
		call.answered(200, RECEIPT);
		assertThat(call(payments, "quote", null).prepayment()).isPresent();
		assertThat(call(payments, "other", null).prepayment()).isEmpty();
	}

	@Test
	void aNameIsOneOfATool() {
		Payments payments = this.payers.at("https://tools.example");
		String first = identifier(payments, "quote", "order");
		assertThat(identifier(payments, "quote", "order")).isEqualTo(first);
		assertThat(identifier(payments, "other", "order")).isNotEqualTo(first);
		assertThat(identifier(payments, "quote", "other")).isNotEqualTo(first);
		assertThat(identifier(payments, "quote", null)).isNotEqualTo(identifier(payments, "quote", null));
	}

	private String identifier(Payments payments, String tool, String key) {
		PaymentPayload payment = read(call(payments, tool, key).answer(challenge("10")).orElseThrow());
		return PaymentIdentifier.of(payment).orElseThrow().id();
	}

	@Test
	void aPaymentTakesItsShareOfEachBudgetOrOfNone() {
		Payments payments = this.payers.at("https://tools.example");
		Budget wide = budget(30);
		Budget narrow = budget(10);
		CallLimits limits = new CallLimits(List.of(wide, narrow), (payer) -> payer);
		assertThat(payments.toolCall(SERVER, "quote", null, limits).answer(challenge("10"))).isPresent();
		PaidCall refused = payments.toolCall(SERVER, "quote", null, limits);
		assertThat(refused.answer(challenge("10"))).isEmpty();
		PaidCall unsent = payments.toolCall(SERVER, "quote", null, new CallLimits(List.of(wide), (payer) -> payer));
		assertThat(unsent.answer(challenge("20"))).isPresent();
		unsent.notSent();
		assertThat(wide.take(HostileServer.asking("20"))).isPresent();
		assertThat(wide.take(HostileServer.asking("1"))).isEmpty();
	}

	@Test
	void aBudgetIsInWhatThePayerPaysWith() {
		Payments payments = this.payers.at("https://tools.example");
		Budget budget = payments.budget("0.000001", Duration.ofDays(1));
		assertThat(budget.take(HostileServer.asking("10"))).isPresent();
		assertThat(budget.take(HostileServer.asking("1"))).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> payments.budget("0", Duration.ofDays(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> payments.budget("1", Duration.ZERO));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://tools.example/mcp", "mcp://shop" })
	void aToolWithoutAServersUrlIsSignedForWhereItIsTheOneThatWasCalled(URI server) {
		Payments payments = this.payers.signing(SessionKeyPair.random(), TOOLS).at(server.toString());
		assertThat(payments.toolCall(server, "quote", null, CallLimits.NONE).answer(challenge("10"))).isPresent();
		assertThat(payments.toolCall(server, "other", null, CallLimits.NONE).answer(challenge("10"))).isEmpty();
		assertThat(this.payers.events()).singleElement()
			.isInstanceOfSatisfying(PaymentEvent.Declined.class,
					(declined) -> assertThat(declined.reason()).isEqualTo(DeclineReason.RESOURCE_ORIGIN));
	}

	@Test
	void aToolWithoutAServersUrlIsNotSignedForWhereNobodySaysSo() {
		Payments payments = this.payers.signing(SessionKeyPair.random(), Map.of()).at("https://tools.example");
		assertThat(call(payments, "quote", null).answer(challenge("10"))).isEmpty();
	}

	@Test
	void whatIsNoServerIsRefused() {
		Payments payments = this.payers.at("https://tools.example");
		assertThatIllegalArgumentException().isThrownBy(() -> call(payments, URI.create("file:///x")));
		assertThatIllegalArgumentException().isThrownBy(() -> call(payments, URI.create("mcp:shop")));
		assertThatIllegalArgumentException().isThrownBy(() -> call(payments, URI.create("mcp://a@shop")));
	}

	private static PaidCall call(Payments payments, URI server) {
		return payments.toolCall(server, "quote", null, CallLimits.NONE);
	}

	private static PaidCall call(Payments payments, String tool, String key) {
		return payments.toolCall(SERVER, tool, key, CallLimits.NONE);
	}

	private static Budget budget(long most) {
		return Budget.of("stellar:testnet", "CUSDC", BigInteger.valueOf(most), Duration.ofHours(1), Clock.systemUTC());
	}

	private static PaymentPayload read(String payment) {
		return PaymentMeta.decode(payment, PaymentPayload.class, 8192);
	}

	private static List<String> challenge(String amount) {
		return List.of(PaymentMeta.encode(asked(amount)));
	}

	private static PaymentRequired asked(String amount) {
		return PaymentRequired.of(null, new ResourceInfo("mcp://tool/quote", null, null),
				List.of(HostileServer.asking(amount)));
	}

}

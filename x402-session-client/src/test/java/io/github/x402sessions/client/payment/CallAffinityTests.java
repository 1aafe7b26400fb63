package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallAffinity} of payers: the same named call is not paid by a session
 * and by another scheme.
 */
class CallAffinityTests {

	private static final URI URL = URI.create("http://shop/tea");

	private static final PaymentRequirements SESSION = HostileServer.asking("100");

	private static final PaymentRequirements VOUCHER = new PaymentRequirements("voucher", "stellar:testnet", "100",
			"CUSDC", "GSHOP", 60, Map.of());

	private final Payers payers = new Payers().or(CallAffinityTests::payByVoucher);

	private final Payments payments = this.payers.at(URL.toString());

	@Test
	void callInDoubtStaysWithTheSession() {
		tryInVain("order 7", SESSION);
		assertThat(pay("order 7", VOUCHER)).isEmpty();
		assertThat(pay("order 7", VOUCHER, SESSION)).hasValue("session");
		this.payers.stop();
		assertThat(pay("order 7", VOUCHER, SESSION)).isEmpty();
		assertThat(pay("order 7", VOUCHER)).isEmpty();
	}

	@Test
	void callInDoubtStaysWithTheOtherScheme() {
		tryInVain("order 7", VOUCHER);
		assertThat(pay("order 7", SESSION)).isEmpty();
		assertThat(pay("order 7", SESSION, VOUCHER)).hasValue("voucher");
		assertThat(pay("order 8", SESSION, VOUCHER)).hasValue("session");
	}

	@Test
	void callThatHasNoNameIsAnotherCallEveryTime() {
		tryInVain(null, VOUCHER);
		assertThat(pay(null, SESSION)).hasValue("session");
		assertThat(pay(null, VOUCHER)).hasValue("voucher");
	}

	@Test
	void refusalFreesTheCallUnlessItWasInDoubtBefore() {
		refuse("order 7", SESSION);
		assertThat(pay("order 7", VOUCHER)).hasValue("voucher");
		tryInVain("order 8", SESSION);
		refuse("order 8", SESSION);
		assertThat(pay("order 8", VOUCHER)).isEmpty();
	}

	@Test
	void whoAnswersFirstPaysWhereTwoAskAtOnce() {
		CompletableFuture<PayerDecision> opening = new CompletableFuture<>();
		Queue<CompletableFuture<PayerDecision>> answers = new ArrayDeque<>(
				List.of(opening, new PayerDecision.Declines(DeclineReason.NO_SESSION, null).now()));
		Payer both = new CompositePayer(List.of((offer) -> answers.remove(), CallAffinityTests::payByVoucher));
		Payments shared = new Payments(both, new Payers().options());
		CompletableFuture<Optional<String>> slow = call(shared, "order 7").answerLater(challenge(VOUCHER), List.of());
		assertThat(scheme(call(shared, "order 7").answer(challenge(VOUCHER)))).hasValue("voucher");
		opening.complete(pays(SESSION));
		assertThat(scheme(slow.join())).hasValue("voucher");
	}

	private void tryInVain(@Nullable String key, PaymentRequirements way) {
		PaidCall call = call(this.payments, key);
		assertThat(call.answer(challenge(way))).isPresent();
		call.failed(new IOException());
	}

	private void refuse(String key, PaymentRequirements way) {
		PaidCall call = call(this.payments, key);
		assertThat(call.answer(challenge(way))).isPresent();
		call.answered(402, List.of(HostileServer.receipt(false, "0")));
	}

	/** The scheme by which a call is paid, if it is. */
	private Optional<String> pay(@Nullable String key, PaymentRequirements... ways) {
		return scheme(call(this.payments, key).answer(challenge(ways)));
	}

	private static Optional<String> scheme(Optional<String> payment) {
		return payment.map((header) -> PaymentHeader.decode(header, PaymentPayload.class, 8192).accepted().scheme());
	}

	private static PaidCall call(Payments payments, @Nullable String key) {
		Function<String, List<String>> headers = (name) -> (key != null && name.equals(Payments.IDEMPOTENCY_KEY))
				? List.of(key) : List.of();
		return payments.call("POST", URL, headers).orElseThrow();
	}

	private static List<String> challenge(PaymentRequirements... ways) {
		return List.of(HostileServer.challenge(ways));
	}

	private static CompletableFuture<PayerDecision> payByVoucher(PaymentOffer offer) {
		return offer.challenge()
			.accepts()
			.stream()
			.filter((way) -> way.scheme().equals("voucher"))
			.findFirst()
			.map(CallAffinityTests::pays)
			.orElse(new PayerDecision.Declines(DeclineReason.SCHEME, null))
			.now();
	}

	private static PayerDecision pays(PaymentRequirements way) {
		return new PayerDecision.Pays(way, new Asset("CUSDC", 7), Map.of("voucher", "v1"), (outcome) -> {
		});
	}

}

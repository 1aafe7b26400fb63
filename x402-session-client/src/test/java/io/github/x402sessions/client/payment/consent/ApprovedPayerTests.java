package io.github.x402sessions.client.payment.consent;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ApprovedPayer}.
 */
class ApprovedPayerTests {

	private static final URI SERVER = URI.create("https://tools.example?key=secret");

	private final List<ApprovalRequest> asked = new CopyOnWriteArrayList<>();

	/** Signs for whatever is asked. */
	private final Payer payer = (offer) -> new PayerDecision.Pays(offer.challenge().accepts().get(0),
			new Asset("CUSDC", 7), () -> Map.of("signed", true), (outcome) -> {
			}, Set.of())
		.now();

	@ParameterizedTest
	@ValueSource(strings = { "0.000001", "1" })
	void nobodyIsAskedForNoMore(String above) {
		PayerDecision decision = approved(above, (request) -> false).answer(offer("10", "GSHOP")).join();
		assertThat(payload(decision)).containsKey("signed");
		assertThat(decision.maker()).isSameAs(PayerDecision.AT_ONCE);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void whatIsAgreedToIsPaidInAThreadOfItsOwn() {
		PayerDecision decision = approved("0.0000009", (request) -> true).answer(offer("10", "GSHOP")).join();
		assertThat(this.asked).isEmpty();
		assertThat(decision.maker()).isSameAs(PayerDecision.IN_ITS_OWN_THREAD);
		assertThat(payload(decision)).containsKey("signed");
		assertThat(this.asked).singleElement().satisfies((request) -> {
			assertThat(request.tool()).isEqualTo("quote");
			assertThat(request.recipient()).isEqualTo("GSHOP");
			assertThat(request.amount()).isEqualTo(10);
			assertThat(request).hasToString(
					"ApprovalRequest[server=https://tools.example, tool=quote, amount=0.000001 CUSDC, recipient=GSHOP]");
		});
	}

	@Test
	void theSamePaymentMadeAnewNeedsNoOtherAnswer() {
		ApprovedPayer approved = approved("0", (request) -> true);
		for (int i = 0; i < 2; i++) {
			payload(approved.answer(offer("10", "GSHOP")).join());
		}
		assertThat(this.asked).hasSize(1);
		payload(approved.answer(offer("11", "GSHOP")).join());
		payload(approved.answer(offer("11", "GOTHER")).join());
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void aNoAFailureAndNoAnswerAreNotPaid() {
		CountDownLatch interrupted = new CountDownLatch(1);
		assertThatExceptionOfType(PayerDecision.NotMadeException.class)
			.isThrownBy(() -> payload(approved("0", (request) -> false).answer(offer("10", "GSHOP")).join()))
			.withMessage("nobody agreed to it");
		assertThatExceptionOfType(PayerDecision.NotMadeException.class)
			.isThrownBy(() -> payload(approved("0", (request) -> {
				throw new IllegalStateException("s3cret");
			}).answer(offer("10", "GSHOP")).join()))
			.withMessage("who has to agree failed to answer");
		assertThatExceptionOfType(PayerDecision.NotMadeException.class)
			.isThrownBy(() -> payload(approved("0", (request) -> {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
					throw ex;
				}
				return true;
			}).answer(offer("10", "GSHOP")).join()))
			.withMessage("nobody agreed to it within PT0.1S");
		Eventually.opens(interrupted);
	}

	@Test
	void whatAnotherDeclinesIsDeclined() {
		ApprovedPayer declining = ApprovedPayer.ofTool(
				(offer) -> new PayerDecision.Declines(DeclineReason.PRICE, null).now(), BigDecimal.ZERO,
				Duration.ofSeconds(1), (request) -> true, SERVER, "quote", Map.of());
		assertThat(declining.answer(offer("10", "GSHOP")).join()).isInstanceOf(PayerDecision.Declines.class);
		assertThat(declining.mayPayAt(SERVER)).isFalse();
		assertThat(declining.mayHavePaid(PaymentIdentifier.random())).isFalse();
	}

	private ApprovedPayer approved(String above, PaymentApproval approval) {
		return ApprovedPayer.ofTool(this.payer, new BigDecimal(above), Duration.ofMillis(100), (request) -> {
			this.asked.add(request);
			return approval.approve(request);
		}, SERVER, "quote", Map.of("a", 1));
	}

	private static Map<String, ?> payload(PayerDecision decision) {
		return decision.fold((pays) -> pays.payload().get(), (declines) -> Map.of());
	}

	private static PaymentOffer offer(String amount, String payTo) {
		PaymentRequired challenge = PaymentRequired.of(null, new ResourceInfo("mcp://tool/quote", null, null),
				List.of(new PaymentRequirements("session", "stellar:testnet", amount, "CUSDC", payTo, 60, Map.of())));
		return new PaymentOffer(SERVER, challenge, PaymentIdentifier.random(), false, "-", () -> "-", null);
	}

}

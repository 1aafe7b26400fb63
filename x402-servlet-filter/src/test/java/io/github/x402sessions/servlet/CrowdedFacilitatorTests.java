package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.payment.PaymentListener;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A facilitator with one place for settlements, which others take: before a payment is
 * verified, or just after.
 */
class CrowdedFacilitatorTests {

	private static final int MORE_THAN_AN_ANSWER_IS_RUN_FOR = 20;

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicBoolean filledOnceVerified = new AtomicBoolean();

	private final SettlementPlaces places = new SettlementPlaces(1);

	private final PaymentIdentifier identifier = PaymentIdentifier.random();

	private PaidContainer shop;

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@EnumSource
	void whileItIsFullNothingIsVerifiedOrRun(SettlementTiming timing) throws Exception {
		open(timing);
		this.places.take();
		HttpResponse<String> refused = pay();
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.headers().allValues("Access-Control-Expose-Headers")).contains("Retry-After");
		assertThat(refused.body()).contains("The payment was not used");
		assertThat(this.shop.facilitator.verified).hasValue(0);
		assertThat(this.runs).hasValue(0);
		assertThat(this.shop.get("/free/it").body()).isEqualTo(Handlers.GOODS);
		this.places.leave();
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void whoWasVerifiedBeforeIsNotCharged(SettlementTiming timing) throws Exception {
		open(timing);
		this.filledOnceVerified.set(true);
		HttpResponse<String> refused = pay();
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.body()).doesNotContain(Handlers.GOODS).contains("The payment was not used");
		assertThat(PaidContainer.receipt(refused).errorReason()).isEqualTo("settlement_not_made");
		assertThat(this.shop.facilitator.settled).hasValue(0);
		boolean handledFirst = timing == SettlementTiming.AT_COMMIT || timing == SettlementTiming.DEFERRED;
		assertThat(this.runs).hasValue(handledFirst ? 1 : 0);
		this.filledOnceVerified.set(false);
		this.places.leave();
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
		assertThat(this.places.isFull()).isFalse();
	}

	/** Their answer is owed as long as no handler runs for it. */
	@ParameterizedTest
	@EnumSource(names = { "BEFORE_HANDLER", "DURING_HANDLER" })
	void whoMayHaveBeenChargedBeforeIsTold(SettlementTiming timing) throws Exception {
		open(timing);
		this.shop.facilitator.afterSettling = () -> {
			throw new FacilitatorUnavailableException("lost", null);
		};
		assertThat(pay().statusCode()).isEqualTo(503);
		this.shop.facilitator.afterSettling = () -> {
		};
		int before = this.runs.get();
		this.places.take();
		assertThatOutcomeIsUnknown(pay());
		this.places.leave();
		this.filledOnceVerified.set(true);
		for (int i = 0; i < MORE_THAN_AN_ANSWER_IS_RUN_FOR; i++) {
			assertThatOutcomeIsUnknown(pay());
			this.places.leave();
		}
		assertThat(this.runs).hasValue(before);
		this.filledOnceVerified.set(false);
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	private static void assertThatOutcomeIsUnknown(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(response.body()).doesNotContain("not used");
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("settlement_unknown");
	}

	private void open(SettlementTiming timing) throws Exception {
		this.shop = new PaidContainer(Container.kinds().findFirst().orElseThrow(), Map.of("it", (request, response) -> {
			this.runs.incrementAndGet();
			response.getWriter().print(Handlers.GOODS);
		}), (route) -> route.withTiming(timing), (builder) -> builder.listener(new Crowd()));
		this.shop.facilitator.honouring().places = this.places;
	}

	/** The request before may not be over yet when its answer is there. */
	private HttpResponse<String> pay() throws Exception {
		HttpResponse<String> response;
		do {
			response = this.shop.get("/paid/it", PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier));
		}
		while (response.body().contains("payment-identifier-busy"));
		return response;
	}

	/** Takes the last place, if it is told to, when a payment was verified. */
	private final class Crowd implements PaymentListener {

		@Override
		public void onVerified(HttpServletRequest request, Payment payment) {
			if (CrowdedFacilitatorTests.this.filledOnceVerified.get()) {
				assertThat(CrowdedFacilitatorTests.this.places.take()).isTrue();
			}
		}

	}

}

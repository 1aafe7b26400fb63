package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.stellar.ApproveVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for payments of metered answers: they count with the most that they may come to,
 * until the facilitator says what that was.
 */
class HeldPaymentTests {

	private static final URI TEA = URI.create("https://shop.example/tea");

	private static final String COMMITMENT = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";

	private static final String OTHER = "cmt_MTIzNDU2Nzg5MGFiY2Rl__";

	private final ApproveVector vector = ApproveVector.read();

	private final FakeRpc rpc = new FakeRpc().ready(this.vector)
		.on("sendTransaction", Map.of("status", "PENDING"))
		.on("getTransaction", Map.of("status", "SUCCESS", "ledger", 1001));

	private final FakeFacilitator facilitator = new FakeFacilitator()
		.offering("session", "stellar:testnet", "spender", this.vector.spender())
		.registering(FakeFacilitator.created());

	private final List<PaymentEvent> events = new ArrayList<>();

	private final Session session = this.facilitator.client(this.vector, this.rpc)
		.allowedOrigins(TEA)
		.maxPerPeriod("0.10", Duration.ofHours(1))
		.listener(this.events::add)
		.open();

	@AfterEach
	void stop() {
		this.rpc.close();
		this.facilitator.close();
	}

	@Test
	void whatIsHeldCountsWholeUntilItIsKnownWhatItComesTo() {
		String payment = held("0.10", COMMITMENT);
		assertThat(isWithinBudget("0.01")).isFalse();
		tell(COMMITMENT, "held", 1_000_000, payment);
		assertThat(this.session.settlement(COMMITMENT)).hasValueSatisfying((told) -> {
			assertThat(told.status()).isEqualTo(DeferralStatus.HELD);
			assertThat(told.isHeld()).isTrue();
		});
		assertThat(isWithinBudget("0.01")).isFalse();
		tell(COMMITMENT, "committed", 400_000, payment);
		assertThat(this.session.settlement(COMMITMENT)).hasValueSatisfying((told) -> {
			assertThat(told.amount()).isEqualTo(400_000);
			assertThat(told.isHeld()).isFalse();
		});
		tell(COMMITMENT, "confirmed", 0, payment);
		this.session.settlement(COMMITMENT);
		assertThat(isWithinBudget("0.0600001")).as("it is put right once").isFalse();
		assertThat(isWithinBudget("0.06")).isTrue();
	}

	/** A server that has it released could have the same payment settled afterwards. */
	@Test
	void whatWasReleasedGoesOnToCount() {
		String payment = held("0.10", COMMITMENT);
		tell(COMMITMENT, "released", 1_000_000, payment);
		assertThat(this.session.settlement(COMMITMENT))
			.hasValue(new DeferredPayment(DeferralStatus.RELEASED, null, null, BigInteger.ZERO));
		assertThat(isWithinBudget("0.0000001")).isFalse();
		tell(COMMITMENT, "committed", 400_000, payment);
		this.session.settlement(COMMITMENT);
		assertThat(isWithinBudget("0.06")).isTrue();
	}

	/** A server could name a commitment that nothing was paid by. */
	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-", "a" })
	void commitmentThatIsNotForThePaymentChangesNothing(String payment) {
		held("0.10", COMMITMENT);
		tell(COMMITMENT, "committed", 1, payment);
		this.session.settlement(COMMITMENT);
		assertThat(isWithinBudget("0.0000001")).isFalse();
	}

	@Test
	void noMoreThanWasHeldIsCounted() {
		tell(COMMITMENT, "confirmed", 9_000_000, held("0.04", COMMITMENT));
		this.session.settlement(COMMITMENT);
		assertThat(isWithinBudget("0.0600001")).isFalse();
		assertThat(isWithinBudget("0.06")).isTrue();
	}

	@Test
	void amountOfAReceiptThatHoldsNothingStays() {
		tell(COMMITMENT, "confirmed", 1, paid("0.10", COMMITMENT, "deferred", 9_000_000));
		this.session.settlement(COMMITMENT);
		assertThat(isWithinBudget("0.01")).isFalse();
	}

	/** A tenth of the cap is little. */
	@Test
	void warningThatCameOfAHoldMayComeAgain() {
		String payment = paid("0.02", COMMITMENT, "held", 900_000);
		paid("0.02", OTHER, "held", 700_000);
		assertThat(warnings()).containsExactly(900_000);
		tell(OTHER, "committed", 1, payment);
		this.session.settlement(OTHER);
		tell(COMMITMENT, "held", 200_000, payment);
		this.session.settlement(COMMITMENT);
		paid("0.02", OTHER, "held", 600_000);
		assertThat(warnings()).containsExactly(900_000);
		tell(COMMITMENT, "committed", 1, payment);
		this.session.settlement(COMMITMENT);
		paid("0.02", OTHER, "deferred", 500_000);
		paid("0.02", OTHER, "deferred", 400_000);
		assertThat(warnings()).containsExactly(900_000, 500_000);
	}

	private List<Integer> warnings() {
		return this.events.stream()
			.filter(PaymentEvent.LowFunds.class::isInstance)
			.map((event) -> ((PaymentEvent.LowFunds) event).remaining().intValue())
			.toList();
	}

	/** Pay for an answer that is metered, and return how its facilitator names that. */
	private String held(String price, String commitment) {
		return paid(price, commitment, "held", 9_000_000);
	}

	private String paid(String price, String commitment, String settlement, long remaining) {
		PaidCall call = call();
		PaymentPayload payment = PaymentHeader.decode(call.answer(List.of(challenge(price))).orElseThrow(),
				PaymentPayload.class, 8192);
		SettleResponse receipt = new SettleResponse(true, null, null, null, commitment, "stellar:testnet",
				payment.accepted().amount(),
				Map.of("session", Map.of("settlement", settlement, "remaining", String.valueOf(remaining))));
		call.answered(200, List.of(PaymentHeader.encode(receipt)));
		return Sha256.hex(PaymentIdentifier.of(payment).orElseThrow().id());
	}

	/** Nothing of that is sent, so it leaves no trace. */
	private boolean isWithinBudget(String price) {
		PaidCall call = call();
		boolean paid = call.answer(List.of(challenge(price))).isPresent();
		call.notSent();
		return paid;
	}

	private PaidCall call() {
		return this.session.payments().call("GET", TEA, (name) -> List.of()).orElseThrow();
	}

	private String challenge(String price) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet",
				this.session.asset().toBaseUnits(price).toString(), this.vector.asset(), this.vector.recipient(), 60,
				Map.of());
		return PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo(TEA.toString(), null, null), List.of(asked)));
	}

	private void tell(String commitment, String status, long amount, String payment) {
		this.facilitator.settlement(commitment, "{\"status\":\"" + status + "\",\"amount\":\"" + amount + "\""
				+ ((payment != null) ? ",\"payment\":\"" + payment + "\"" : "") + "}");
	}

}

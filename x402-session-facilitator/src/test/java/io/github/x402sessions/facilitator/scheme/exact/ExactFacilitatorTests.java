package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.drain.DrainingException;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.settlement.IdempotentReplay;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.Reservation;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Payments that are known, by books that are a database's; the chain's word on each is
 * given.
 */
class ExactFacilitatorTests {

	private static final String PAYER = KeyPair.random().getAccountId();

	private static final String ID = "pay_1234567890123";

	private static final AccountKey SPENDER = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	private static final PaymentRequirements ASKED = ExactRequests.asking("10");

	private static final FacilitatorRequest PAYMENT = ExactRequests.of(ASKED);

	private final TestDatabase database = TestDatabase.of(Dialect.SQLITE);

	private final TestStore store = this.database.store();

	private String nonce = "-17";

	private Runnable chain = () -> {
	};

	private int simulations;

	private final SponsoredFees fees = new SponsoredFees(100, 1_000, 2, this.store.limits());

	private final Drain drain = new Drain((event) -> {
	});

	private final ExactFacilitator facilitator = facilitator();

	private ExactFacilitator facilitator() {
		this.store.nodes().beat();
		IdempotentReplay replay = new IdempotentReplay(this.store.settlements(), this.store.deliveries(),
				new Polling(Duration.ofMillis(1)));
		SettlementEngine engine = new SettlementEngine(this.store.books(), replay, null, null, this.drain,
				Duration.ofSeconds(5));
		return new ExactFacilitator(ExactRequests.POLICY, () -> List.of("GSPENDER"),
				(transaction, asked) -> new Signed(asked, this.nonce), this.fees, engine, new DeliveryTracker(replay),
				RecipientRules.NONE);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void supportsVersionTwoAloneAndSponsorsFees() {
		assertThat(this.facilitator.supported().kinds()).singleElement()
			.satisfies((kind) -> assertThat(kind.x402Version()).isEqualTo(2));
		assertThat(this.facilitator.supported().signers()).isEqualTo(Map.of("stellar:*", List.of("GSPENDER")));
	}

	@Test
	void newPaymentIsValidByASimulation() {
		assertThat(this.facilitator.verify(PAYMENT)).isEqualTo(VerifyResponse.valid(PAYER));
		assertThat(this.simulations).isOne();
	}

	@Test
	void paymentThatWasMadeIsToldOnceWithoutASimulation() {
		this.chain = ExactFacilitatorTests::refuse;
		pay(PAYMENT);
		assertThat(this.facilitator.verify(PAYMENT).isValid()).isTrue();
		SettleResponse told = this.facilitator.settle(PAYMENT);
		assertThat(told.success()).isTrue();
		assertThat(told.transaction()).hasSize(64);
		assertThat(told.payer()).isEqualTo(PAYER);
		assertThat(this.facilitator.settle(PAYMENT).errorReason()).isEqualTo("duplicate_settlement");
		assertThat(this.facilitator.verify(PAYMENT).invalidReason()).isEqualTo("duplicate_settlement");
		assertThat(this.simulations).isZero();
	}

	@Test
	void drainedNodeTellsOfWhatWasMadeAndPaysNoFeesForMore() {
		pay(PAYMENT);
		this.drain.begin();
		assertThat(this.facilitator.settle(PAYMENT).success()).isTrue();
		this.nonce = "18";
		FacilitatorRequest another = ExactRequests.of(ASKED, "pay_of_another_nonce");
		assertThatExceptionOfType(DrainingException.class).isThrownBy(() -> this.facilitator.settle(another));
		assertThat(this.simulations).isZero();
	}

	@Test
	void answerThatNobodyHeardIsToldAgain() {
		pay(PAYMENT);
		IdempotentReplay replay = new IdempotentReplay(this.store.settlements(), this.store.deliveries(),
				new Polling(Duration.ofMillis(1)));
		DeliveryTracker deliveries = new DeliveryTracker(replay);
		ExactFacilitator other = new ExactFacilitator(ExactRequests.POLICY, () -> List.of("GSPENDER"),
				(transaction, asked) -> new Signed(asked, this.nonce), this.fees,
				new SettlementEngine(this.store.books(), replay, null, null, this.drain, Duration.ofSeconds(5)),
				deliveries, RecipientRules.NONE);
		deliveries.lost(other.settle(PAYMENT));
		assertThat(other.settle(PAYMENT).success()).isTrue();
	}

	@Test
	void nonceOfOtherTermsIsADuplicateAndIdentifierOfAnotherNonceAConflict() {
		pay(ExactRequests.of(ASKED, ID));
		FacilitatorRequest dearer = ExactRequests.of(ExactRequests.asking("11"), ID);
		assertThat(this.facilitator.verify(dearer).invalidReason()).isEqualTo("duplicate_settlement");
		assertThat(this.facilitator.settle(dearer).errorReason()).isEqualTo("duplicate_settlement");
		assertThat(this.facilitator.settle(PAYMENT).errorReason()).isEqualTo("duplicate_settlement");
		this.nonce = "18";
		FacilitatorRequest again = ExactRequests.of(ASKED, ID);
		assertThat(this.facilitator.verify(again).invalidReason()).isEqualTo("payment_identifier_conflict");
		assertThat(this.facilitator.settle(again).errorReason()).isEqualTo("payment_identifier_conflict");
		assertThat(this.simulations).isZero();
	}

	@Test
	void paymentThatIsMadeWhileItIsLookedAtIsNotRefused() {
		this.chain = () -> {
			pay(PAYMENT);
			refuse();
		};
		assertThat(this.facilitator.settle(PAYMENT).success()).isTrue();
		this.nonce = "18";
		assertThat(this.facilitator.verify(PAYMENT).isValid()).isTrue();
	}

	@Test
	void whatTheChainRefusesIsRefusedByItsReasonAndNotWrittenDown() {
		this.chain = ExactFacilitatorTests::refuse;
		assertThat(this.facilitator.verify(PAYMENT).invalidReason())
			.isEqualTo("invalid_exact_stellar_payload_simulation_failed");
		assertThat(this.facilitator.settle(PAYMENT).errorReason())
			.isEqualTo("invalid_exact_stellar_payload_simulation_failed");
		assertThat(this.database.jdbc().sql("select count(*) from settlement").query(Long.class).single()).isZero();
	}

	@Test
	void chainThatDoesNotSayGivesNothingAway() {
		this.chain = () -> {
			throw new RpcException("the node is away", null);
		};
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> this.facilitator.verify(PAYMENT));
		assertThat(this.facilitator.settle(PAYMENT).errorReason()).isEqualTo("rpc_error");
	}

	@Test
	void noSimulationIsSpentOnWhoFailsTooOften() {
		this.fees.failed(PAYER);
		this.fees.failed(PAYER);
		assertThat(this.facilitator.verify(PAYMENT).invalidReason()).isEqualTo("rate_limited");
		assertThat(this.facilitator.settle(PAYMENT).errorReason()).isEqualTo("rate_limited");
		assertThat(this.simulations).isZero();
	}

	@Test
	void booksThatFailLeaveThePaymentPending() {
		this.database.jdbc().sql("alter table settlement rename to gone").update();
		SettleResponse answer = this.facilitator.settle(PAYMENT);
		assertThat(answer.success()).isFalse();
		assertThat(answer.errorReason()).isEqualTo("settlement_pending");
	}

	private static void refuse() {
		throw new PaymentRefusedException("invalid_exact_stellar_payload_simulation_failed", "the chain refuses it");
	}

	/** Another node has settled it, and told nobody. */
	private void pay(FacilitatorRequest request) {
		Signed signed = new Signed(request.paymentRequirements(), this.nonce);
		Reservation made = this.store.books()
			.reserve(new TransferOrder(new ExactAccount(PAYER, null), signed.transfer(), signed.lastLedger()),
					ExactKeys.of(request, this.nonce), new SettleDeadline(Duration.ofMinutes(1)));
		assertThat(made).isInstanceOf(Reservation.Made.class);
		Channels channels = new Channels(this.store.leases(),
				new ChannelKeys(TestSpenders.of(SPENDER), TestSpenders.secrets(SPENDER), 0), Duration.ofMinutes(1));
		channels.open(0, SPENDER.address());
		ChannelLease lease = channels.lease(ChannelUse.CALL, Duration.ZERO);
		assertThat(lease).isNotNull();
		String hash = "%064x".formatted(new BigInteger(this.nonce).abs());
		SubmittedTransaction submitted = new SubmittedTransaction(
				new SignedTransaction(hash, "envelope", lease.address(), 8, 1_045), 100, null);
		this.store.books().open(List.of(((Reservation.Made) made).settlement()), submitted, lease);
		assertThat(this.store.books().close(submitted, Outcome.confirmed(101))).isTrue();
	}

	private final class Signed implements ExactPayment {

		private final PaymentRequirements asked;

		private final String number;

		private Signed(PaymentRequirements asked, String number) {
			this.asked = asked;
			this.number = number;
		}

		@Override
		public Transfer transfer() {
			return new Transfer(this.asked.asset(), PAYER, this.asked.payTo(), this.asked.baseUnits());
		}

		@Override
		public String nonce() {
			return this.number;
		}

		@Override
		public long lastLedger() {
			return 900;
		}

		@Override
		public TransferMethod method() {
			return null;
		}

		@Override
		public void check() {
			ExactFacilitatorTests.this.simulations++;
			ExactFacilitatorTests.this.chain.run();
		}

	}

}

package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.scheme.session.SessionFunding;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What may wait by the word of the chain, and what is told of it before it does.
 */
class PayerStandingsTests {

	private static final PaymentKey KEY = new PaymentKey("pay_1234567890123", "terms", true);

	private final String payer = KeyPair.random().getAccountId();

	private final String recipient = KeyPair.random().getAccountId();

	private final String spender = KeyPair.random().getAccountId();

	private final String usdc = "USDC:" + KeyPair.random().getAccountId();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final FakeLedger ledger = new FakeLedger(this.node);

	private final String asset = this.ledger.token(this.usdc);

	private final LedgerClock ledgers = new LedgerClock(this.node, Duration.ZERO);

	private Duration maxAge = Duration.ofMinutes(10);

	@BeforeEach
	void open() {
		this.node.entriesLedger = 100;
		allow(100_000);
		this.ledger.trustline(this.payer, this.usdc, 50, true);
		this.ledger.trustline(this.recipient, this.usdc, 0, true);
	}

	@Test
	void ledgerThatIsOldLendsNothing() {
		assertThat(standing(50_000)).isNotNull();
		this.node.latest = () -> new LatestLedger(100, 999, 1);
		assertThat(standing(50_000)).as("closed more than 30 seconds ago").isNull();
	}

	@Test
	void sessionAndAllowanceLeaveTimeToRedeem() {
		assertThat(standing(820)).isNotNull();
		assertThat(standing(819)).isNull();
		allow(819);
		assertThat(standing(50_000)).as("the allowance ends first").isNull();
		allow(820);
		assertThat(standing(50_000)).isNotNull()
			.satisfies((found) -> assertThat(found.settleBefore()).isEqualTo(820 - 2 * 10));
	}

	@Test
	void commitmentIsDueBeforeTheLastLedgerThatMayApplyIt() {
		this.maxAge = Duration.ofHours(1);
		assertThat(standing(820)).isNull();
		assertThat(standing(861)).isNotNull()
			.satisfies((found) -> assertThat(found.settleBefore()).isGreaterThan(100 + 720 + 2 * 10));
	}

	@Test
	void whatKeepsFromRedeemingIsToldBeforeTheWorkAndToNobodyWhoSettlesAtOnceAnyway() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			TestStore store = database.store();
			ExposureLimits limits = new ExposureLimits(BigInteger.TEN, BigInteger.TEN, BigInteger.TEN, BigInteger.TEN);
			DeferredSettlement deferred = new DeferredSettlement(true, this.recipient::equals, standings(),
					new CommitmentBatch(store.unitOfWork(), store.accounts(), store.lending(), limits,
							RecipientLimits.NONE),
					store.deliveries(), (taker) -> Optional.of(taker).filter(this.spender::equals));
			PaymentRequirements asked = asked();
			Session session = session(50_000);
			assertThatExceptionOfType(FacilitatorUnavailableException.class)
				.isThrownBy(() -> deferred.predicts(asked, store.order(session, transfer(10)), KEY));
			assertThat(deferred.predicts(asked, store.order(session, transfer(11)), KEY)).as("above the limit")
				.isFalse();
			SettleDeadline deadline = new SettleDeadline(Duration.ofMinutes(1));
			assertThat(deferred.settle(asked, store.order(session, transfer(10)), KEY, deadline))
				.isInstanceOf(SettlementResult.NotSent.class);
			assertThat(deferred.settle(asked, store.order(session, transfer(11)), KEY, deadline)).isNull();
		}
	}

	private PaymentRequirements asked() {
		return new PaymentRequirements("session", "n", "1", this.asset, this.recipient, 60,
				Map.of(SessionScheme.SETTLEMENT, SessionScheme.DEFERRED), Map.of());
	}

	private PayerStanding standing(long lastLedger) {
		Session session = session(lastLedger);
		return standings().of(new TransferOrder(
				new SessionFunding(null, null, null, null, TestSpenders.named(this.spender),
						TestSpenders.transfers(TestSpenders.named(this.spender)))
					.account(session),
				transfer(10), session.lastLedger()));
	}

	private PayerStandings standings() {
		TransferReadinessReader reader = new TransferReadinessReader(this.node,
				new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase()));
		return PayerStandings.of(this.ledgers, new LedgerAge(Clock.fixed(Instant.ofEpochSecond(1_030), ZoneOffset.UTC)),
				new TransferReadinessCache(reader, this.ledgers), Duration.ofSeconds(45), this.maxAge);
	}

	private Session session(long lastLedger) {
		SessionTerms terms = new SessionTerms("n", "ab", this.payer, this.spender, this.asset, this.recipient,
				BigInteger.valueOf(1_000), lastLedger, null);
		return new Session("k", terms, 10, true, BigInteger.ZERO, BigInteger.ZERO, lastLedger, null, BigInteger.ZERO,
				false);
	}

	private Transfer transfer(long amount) {
		return new Transfer(this.asset, this.payer, this.recipient, BigInteger.valueOf(amount));
	}

	private void allow(long lastLedger) {
		AllowanceKey key = new AllowanceKey(this.asset, this.payer, this.spender);
		this.ledger.allowance(key, 70, lastLedger);
		this.node.liveUntil.replaceAll((entry, until) -> lastLedger);
	}

}

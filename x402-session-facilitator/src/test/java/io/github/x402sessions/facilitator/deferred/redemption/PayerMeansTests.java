package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.deferred.PayerFunds;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.SpenderParties;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only entries of a ledger that is not older than the failure say what a payer can pay.
 */
class PayerMeansTests {

	private final String payer = KeyPair.random().getAccountId();

	private final String recipient = KeyPair.random().getAccountId();

	private final String spender = KeyPair.random().getAccountId();

	private final String usdc = "USDC:" + KeyPair.random().getAccountId();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final FakeLedger ledger = new FakeLedger(this.node);

	private final SpenderParties parties = new SpenderParties(this.spender,
			new Parties(this.ledger.token(this.usdc), this.payer, this.recipient));

	private final PayerMeans means = new PayerMeans(
			new TransferReadinessReader(this.node,
					new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase())),
			new LedgerClock(this.node, Duration.ZERO),
			new LedgerAge(Clock.fixed(Instant.ofEpochSecond(1_030), ZoneOffset.UTC)));

	@BeforeEach
	void open() {
		allow(70);
		this.ledger.trustline(this.payer, this.usdc, 50, true);
		this.ledger.trustline(this.recipient, this.usdc, 0, true);
	}

	@Test
	void lesserOfAllowanceAndBalanceIsPayable() {
		assertThat(payable()).isEqualTo(50);
		allow(40);
		assertThat(payable()).isEqualTo(40);
		allow(0);
		assertThat(payable()).isZero();
	}

	@Test
	void whoHasNoTrustlineCanPayNothing() {
		this.node.entries.clear();
		this.ledger.token(this.usdc);
		allow(70);
		assertThat(payable()).isZero();
	}

	@Test
	void whatTheRecipientLacksIsNoDefaultOfThePayer() {
		this.ledger.trustline(this.recipient, this.usdc, 0, false);
		assertThat(payable()).isEqualTo(50);
	}

	@Test
	void nodeThatLagsProvesNothing() {
		this.node.entriesLedger = 99;
		assertThat(this.means.read(this.parties, 0)).as("behind the latest ledger").isNull();
		this.node.entriesLedger = 100;
		assertThat(this.means.read(this.parties, 101)).as("before the failure").isNull();
		assertThat(this.means.read(this.parties, 100)).isNotNull();
	}

	@Test
	void nodeThatHangsProvesNothing() {
		assertThat(this.means.read(this.parties, 0)).as("closed 30 seconds ago").isNotNull();
		this.node.latest = () -> new LatestLedger(100, 999, 1);
		assertThat(this.means.read(this.parties, 0)).isNull();
	}

	@Test
	void nodeThatFailsProvesNothing() {
		this.node.latest = () -> {
			throw new RpcException("down", null);
		};
		assertThat(this.means.read(this.parties, 0)).isNull();
	}

	@Test
	void payerWhomTheIssuerHasFrozenIsNotInDefault() {
		this.ledger.trustline(this.payer, this.usdc, 50, false);
		assertThat(this.means.read(this.parties, 0)).isNull();
	}

	@Test
	void whatOthersNeedIsLeftToThem() {
		PayerFunds found = this.means.read(this.parties, 0);
		assertThat(found.without(BigInteger.valueOf(30), BigInteger.valueOf(5)).payable()).isEqualTo(40);
		assertThat(found.without(BigInteger.valueOf(90), BigInteger.ZERO).payable()).isZero();
	}

	@Test
	void oldestThatAreCoveredAreChosen() {
		List<OpenCommitment> open = List.of(commitment("a", 20), commitment("b", 20), commitment("c", 20),
				commitment("d", 5));
		assertThat(OpenCommitment.covered(open, BigInteger.valueOf(59))).extracting(OpenCommitment::id)
			.containsExactly("a", "b");
		assertThat(OpenCommitment.covered(open, BigInteger.valueOf(65))).hasSize(4);
		assertThat(OpenCommitment.covered(open, BigInteger.ZERO)).isEmpty();
		assertThat(OpenCommitment.sum(open)).isEqualTo(65);
	}

	private static OpenCommitment commitment(String id, long amount) {
		return new OpenCommitment(id, "k", "s", BigInteger.valueOf(amount), 900, 10, 20);
	}

	private BigInteger payable() {
		return this.means.read(this.parties, 0).payable();
	}

	private void allow(long amount) {
		this.ledger.allowance(new AllowanceKey(this.parties.parties().asset(), this.payer, this.spender), amount, 900);
	}

}

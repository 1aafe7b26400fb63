package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Payments that the books allow and the chain may not.
 */
class OnChainCheckTests {

	private final String payer = KeyPair.random().getAccountId();

	private final String recipient = KeyPair.random().getAccountId();

	private final String spender = KeyPair.random().getAccountId();

	private final String usdc = "USDC:" + KeyPair.random().getAccountId();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final FakeLedger ledger = new FakeLedger(this.node);

	private final SessionTerms terms = new SessionTerms("stellar:testnet", "a".repeat(64), this.payer, this.spender,
			this.ledger.token(this.usdc), this.recipient, BigInteger.valueOf(100), 900, null);

	private final TestDatabase database = TestDatabase.sqlite();

	private final SessionRepository sessions = this.database.store().sessions();

	private OnChainCheck solvency;

	private Session session;

	@BeforeEach
	void open() {
		this.ledger.allowance(this.terms.allowance(), 100, 900);
		this.ledger.trustline(this.payer, this.usdc, 1_000, true);
		this.ledger.trustline(this.recipient, this.usdc, 0, true);
		SessionRules rules = new SessionRules("stellar:testnet", TestSpenders.named(this.spender),
				Set.of(this.terms.asset()), Set.of(), null, 12, false);
		SpendingPolicy policy = new SpendingPolicy(rules, BigInteger.ONE, BigInteger.TEN, 0, Duration.ZERO,
				Duration.ofDays(30));
		LedgerState state = new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase());
		LedgerClock clock = new LedgerClock(this.node, Duration.ZERO);
		TransferReadinessCache readiness = new TransferReadinessCache(new TransferReadinessReader(this.node, state),
				clock);
		this.solvency = new OnChainCheck(new AllowanceWatch(rules, this.sessions, state, readiness, clock, () -> false),
				new PaymentCheck(policy, this.sessions, clock, new VerifiedAmounts(Duration.ZERO, null),
						TestSpenders.ALONE, RecipientRules.NONE),
				readiness);
		SessionId id = new SessionId(PaymentRequests.TOKEN);
		this.sessions.add(new NewSession(id, this.terms, new Approval(this.terms.approval(), this.terms.asset(),
				this.payer, this.spender, this.terms.cap(), 900, 10), true, null), List.of(), AllowanceReduction.NONE,
				10);
		this.session = this.sessions.find(id).orElseThrow();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whatTheChainWouldTakeIsPayable() {
		Verdict.Payable payable = new Verdict.Payable(this.session, BigInteger.TEN);
		assertThat(this.solvency.check(payable)).isSameAs(payable);
	}

	@Test
	void sessionWhoseAllowanceIsGoneEnds() {
		this.ledger.allowance(this.terms.allowance(), 99, 900);
		assertRefused(10, Reason.SESSION_SUPERSEDED);
		assertThat(this.sessions.get(this.session.key()).end()).isEqualTo(SessionEnd.UNCOVERED);
	}

	@Test
	void payerWhoHasLessThanTheAmountIsRefused() {
		this.ledger.trustline(this.payer, this.usdc, 9, true);
		assertRefused(10, Reason.ONCHAIN_TRANSFER_FAILED);
		assertThat(this.sessions.get(this.session.key()).hasEnded()).isFalse();
	}

	@Test
	void recipientWhomTheIssuerFrozeIsNotPaid() {
		this.ledger.trustline(this.recipient, this.usdc, 0, false);
		assertRefused(10, Reason.ONCHAIN_TRANSFER_FAILED);
	}

	@Test
	void nothingIsPayableByANodeThatLagsBehindTheApprove() {
		this.node.entriesLedger = 9;
		assertThatExceptionOfType(RpcException.class)
			.isThrownBy(() -> this.solvency.check(new Verdict.Payable(this.session, BigInteger.TEN)));
	}

	private void assertRefused(long amount, Reason reason) {
		assertThat(this.solvency.check(new Verdict.Payable(this.session, BigInteger.valueOf(amount))))
			.isInstanceOfSatisfying(Verdict.Refused.class, (refused) -> assertThat(refused.reason()).isEqualTo(reason));
	}

}

package io.github.x402sessions.facilitator.session.registration;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the chain has to say before a session is added, and who gives way to it. The
 * latest ledger is 100.
 */
class RegistrationGuardTests {

	private final String payer = KeyPair.random().getAccountId();

	private final String recipient = KeyPair.random().getAccountId();

	private final String spender = KeyPair.random().getAccountId();

	private final String issuer = KeyPair.random().getAccountId();

	private final String usdc = "USDC:" + this.issuer;

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final FakeLedger ledger = new FakeLedger(this.node);

	private final String asset = this.ledger.token(this.usdc);

	private final TestDatabase database = TestDatabase.sqlite();

	private final SessionRepository sessions = this.database.store().sessions();

	private final RegistrationGuard guard = guard();

	private RegistrationGuard guard() {
		String passphrase = FakeLedger.NETWORK.getNetworkPassphrase();
		LedgerState state = new LedgerState(this.node, passphrase);
		return new RegistrationGuard(
				new SessionRules("n", TestSpenders.named(this.spender), Set.of(this.asset), Set.of(this.recipient),
						null, 12, false),
				this.sessions, state, new Approvals(this.node, passphrase),
				new TransferReadinessReader(this.node, state), new LedgerClock(this.node, Duration.ZERO),
				new Polling(Duration.ofMillis(1)));
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void approveThatFailedIsRefusedAtOnce() {
		this.node.lookups.add(() -> FakeStellarRpc.applied(TransactionLookup.Status.FAILED, 90));
		assertRefused("failed on the chain", () -> this.guard.approval("a".repeat(64)));
	}

	@Test
	void approveThatTheNodeDoesNotKnowYetIsWaitedFor() {
		this.node.lookups.add(() -> FakeStellarRpc.notFound(99, 1_000, 1));
		this.node.lookups.add(() -> FakeStellarRpc.notFound(99, 1_000, 1));
		this.node.lookups.add(() -> FakeStellarRpc.applied(TransactionLookup.Status.FAILED, 100));
		assertRefused("failed on the chain", () -> this.guard.approval("a".repeat(64)));
		assertThat(this.node.lookups).isEmpty();
	}

	@Test
	void recipientHasToBeAbleToHoldTheAsset() {
		assertRefused("'recipient' has no trustline", () -> this.guard.requirePayable(this.asset, this.recipient));
		this.ledger.trustline(this.recipient, this.usdc, 0, false);
		assertRefused("'recipient' is not authorised", () -> this.guard.requirePayable(this.asset, this.recipient));
		this.ledger.trustline(this.recipient, this.usdc, 0, true);
		assertThatCode(() -> this.guard.requirePayable(this.asset, this.recipient)).doesNotThrowAnyException();
		assertRefused("issuer", () -> this.guard.requirePayable(this.asset, this.issuer));
		assertRefused("'asset' is not", () -> this.guard
			.requirePayable("CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA", this.recipient));
	}

	@Test
	void payerHasToBeAbleToPayInIt() {
		assertRefused("no trustline", () -> this.guard.requireAbleToPay(this.asset, this.payer));
		this.ledger.trustline(this.payer, this.usdc, 0, false);
		assertRefused("not authorised", () -> this.guard.requireAbleToPay(this.asset, this.payer));
		this.ledger.trustline(this.payer, this.usdc, 0, true);
		assertThatCode(() -> this.guard.requireAbleToPay(this.asset, this.payer)).doesNotThrowAnyException();
	}

	@Test
	void nodeThatLagsIsAskedAgain() {
		this.ledger.trustline(this.payer, this.usdc, 0, true);
		this.guard.requireAbleToPay(this.asset, this.payer);
		this.node.entriesLedger = 99;
		int asked = this.node.entryCalls;
		Thread catchingUp = new Thread(() -> {
			Eventually.isTrue(() -> this.node.entryCalls >= asked + 2);
			this.node.entriesLedger = 100;
		});
		catchingUp.start();
		assertThatCode(() -> this.guard.requireAbleToPay(this.asset, this.payer)).doesNotThrowAnyException();
	}

	@Test
	void thereIsTimeLeftToPayOrNot() {
		LatestLedger latest = new LatestLedger(100, 1_000, 1);
		assertThatCode(() -> this.guard.requireTime(112, latest)).doesNotThrowAnyException();
		assertRefused("'expirationLedger'", () -> this.guard.requireTime(111, latest));
	}

	@Test
	void sessionThatItsAllowanceCarriesIsAdded() {
		this.ledger.allowance(key(), 100, 900);
		NewSession added = added(100, 50, true, null);
		assertThat(this.guard.tryToAdd(added)).isTrue();
		assertThat(this.sessions.find(added.id())).map(Session::hasEnded).contains(false);
	}

	@Test
	void olderSessionsGiveWay() {
		this.ledger.allowance(key(), 100, 900);
		NewSession old = added(60, 40, true, null);
		this.guard.tryToAdd(old);
		assertThat(this.guard.tryToAdd(added(100, 50, true, null))).isTrue();
		assertThat(this.sessions.find(old.id())).map(Session::end).contains(SessionEnd.SUPERSEDED);
	}

	@Test
	void whatANodeSaysThatHasNotSeenTheApproveDoesNotCount() {
		this.ledger.allowance(key(), 100, 900);
		this.node.entriesLedger = 49;
		NewSession added = added(100, 50, true, null);
		assertThat(this.guard.tryToAdd(added)).isFalse();
		assertThat(this.sessions.find(added.id())).isEmpty();
	}

	@Test
	void nothingIsCutWhileAPaymentIsOnItsWay() {
		this.ledger.allowance(key(), 100, 900);
		NewSession old = added(60, 40, true, null);
		this.guard.tryToAdd(old);
		this.database.jdbc().sql("update payment_session set reserved = 5").update();
		assertThat(this.guard.tryToAdd(added(100, 50, true, null))).isFalse();
		assertThat(this.sessions.find(old.id())).map(Session::hasEnded).contains(false);
	}

	@Test
	void sessionThatNobodySignedForEndsWhereMoreWasUsedThanIsSignedFor() {
		this.ledger.allowance(key(), 100, 900);
		NewSession unsigned = added(100, 50, false, null);
		this.guard.tryToAdd(unsigned);
		this.database.jdbc().sql("update payment_session set spent = 70").update();
		Session used = this.sessions.find(unsigned.id()).orElseThrow();
		assertThatExceptionOfType(RegistrationException.class)
			.isThrownBy(() -> this.guard.tryToAdd(added(60, 50, true, used)))
			.matches(RegistrationException::isConflict);
		assertThat(this.sessions.get(used.key()).end()).isEqualTo(SessionEnd.SUPERSEDED);
	}

	@Test
	void whatIsPromisedToAnotherIsPaidFirst() {
		this.ledger.allowance(key(), 100, 900);
		NewSession unsigned = added(100, 50, false, null);
		this.guard.tryToAdd(unsigned);
		this.database.jdbc()
			.sql("update payment_session set reserved = 5, committed = 5, recipient = 'another'")
			.update();
		Session promising = this.sessions.find(unsigned.id()).orElseThrow();
		assertThat(this.guard.tryToAdd(added(100, 50, true, promising))).isFalse();
		assertThat(this.sessions.get(promising.key()).end()).as("so that it is redeemed")
			.isEqualTo(SessionEnd.SUPERSEDED);
		this.database.jdbc().sql("update payment_session set reserved = 0, committed = 0, spent = 5").update();
		assertThat(this.guard.tryToAdd(added(100, 50, true, this.sessions.get(promising.key())))).isTrue();
	}

	private AllowanceKey key() {
		return new AllowanceKey(this.asset, this.payer, this.spender);
	}

	private NewSession added(long cap, long approvedIn, boolean proven, Session replaced) {
		String name = (replaced != null) ? replaced.terms().approval() : UUID.randomUUID().toString();
		SessionTerms terms = new SessionTerms("n", name, this.payer, this.spender, this.asset, this.recipient,
				BigInteger.valueOf(cap), 900, null);
		return new NewSession(new SessionId(UUID.randomUUID().toString()), terms,
				new Approval(name, this.asset, this.payer, this.spender, terms.cap(), 900, approvedIn), proven,
				replaced);
	}

	private static void assertRefused(String message, Runnable question) {
		assertThatExceptionOfType(RegistrationException.class).isThrownBy(question::run)
			.withMessageContaining(message)
			.matches((refusal) -> !refusal.isTemporary());
	}

}

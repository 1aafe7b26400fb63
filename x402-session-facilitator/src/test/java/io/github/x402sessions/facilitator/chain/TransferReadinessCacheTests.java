package io.github.x402sessions.facilitator.chain;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.fixtures.Eventually;
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
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who waits for the node, and who is served by what it has said before.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TransferReadinessCacheTests {

	private final String usdc = "USDC:" + KeyPair.random().getAccountId();

	private final String spender = KeyPair.random().getAccountId();

	private final CompletableFuture<Void> hung = new CompletableFuture<>();

	/** Questions that hold one of these keys have no answer while the node hangs. */
	private final Set<String> hanging = ConcurrentHashMap.newKeySet();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final FakeLedger ledger = new FakeLedger(this.node);

	private final SpenderParties first = parties();

	private final TransferReadinessCache cache = new TransferReadinessCache(
			new TransferReadinessReader(this.node,
					new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase())),
			new LedgerClock(this.node, Duration.ZERO));

	@BeforeEach
	void read() {
		this.node.written = (key) -> this.hanging.contains(key) ? this.hung.thenApply((unused) -> 1L).join() : null;
		this.cache.recent(this.first, 0);
	}

	@Test
	void whatWasReadLatelyServesWhileAnotherReadingIsMade() {
		hang(this.first);
		close(102);
		assertThat(this.cache.recent(this.first, 0).ledger()).isEqualTo(100);
		this.hung.complete(null);
		Eventually.isTrue(() -> this.cache.recent(this.first, 0).ledger() == 102);
	}

	@Test
	void whatIsOlderOrFromBeforeAKnownLedgerServesNobody() {
		close(101);
		assertThat(this.cache.recent(this.first, 101).ledger()).isEqualTo(101);
		close(104);
		assertThat(this.cache.recent(this.first, 0).ledger()).isEqualTo(104);
		close(105);
		assertThat(this.cache.latest(this.first, 0).ledger()).isEqualTo(105);
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> this.cache.recent(this.first, 106));
	}

	@Test
	void nobodyWaitsForTheReadingOfOthers() throws Exception {
		hang(this.first);
		close(104);
		CompletableFuture<Long> waiting = CompletableFuture
			.supplyAsync(() -> this.cache.latest(this.first, 0).ledger());
		Eventually.isTrue(() -> this.hung.getNumberOfDependents() > 0);
		assertThat(this.cache.latest(parties(), 0).ledger()).isEqualTo(104);
		assertThat(waiting).isNotDone();
		this.hung.complete(null);
		assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(104);
	}

	@Test
	void pairIsReadOnceInALedger() {
		int calls = this.node.entryCalls;
		this.cache.latest(this.first, 0);
		this.cache.recent(this.first, 0);
		assertThat(this.node.entryCalls).isEqualTo(calls);
	}

	private void close(long sequence) {
		this.node.latest = () -> new LatestLedger(sequence, 1_000, 1);
	}

	private SpenderParties parties() {
		String payer = KeyPair.random().getAccountId();
		String recipient = KeyPair.random().getAccountId();
		Parties parties = new Parties(this.ledger.token(this.usdc), payer, recipient);
		this.ledger.allowance(new AllowanceKey(parties.asset(), payer, this.spender), 70, 900);
		this.ledger.trustline(payer, this.usdc, 50, true);
		this.ledger.trustline(recipient, this.usdc, 0, true);
		return new SpenderParties(this.spender, parties);
	}

	private void hang(SpenderParties parties) {
		this.hanging
			.add(Xdr.write(LedgerKeys.allowance(parties.parties().asset(), parties.parties().from(), this.spender)));
	}

}

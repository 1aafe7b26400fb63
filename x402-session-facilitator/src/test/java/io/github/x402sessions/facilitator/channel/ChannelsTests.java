package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.fixtures.AdvancingClock;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may make the next transaction of which channel.
 */
class ChannelsTests {

	private static final Duration TERM = Duration.ofMinutes(1);

	private static final AccountKey SPENDER = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	private final TestDatabase database = TestDatabase.sqlite();

	private final AdvancingClock clock = AdvancingClock.stopped(Instant.EPOCH.plusSeconds(1));

	private final ChannelKeys keys = new ChannelKeys(
			TestSpenders.of(AccountKey.of(new String(KeyPair.random().getSecretSeed()))),
			TestSpenders.secrets(AccountKey.of(new String(KeyPair.random().getSecretSeed()))), 3);

	private final Channels channels = channels();

	private Channels channels() {
		return new Channels(this.database.store(this.clock).leases(), this.keys, TERM);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void nothingIsLeasedThatIsNotOpen() {
		assertThat(lease()).isNull();
		open(1);
		assertThat(lease().address()).isEqualTo(address(1));
	}

	/** Nobody has said that its account exists, nor waits for somebody to. */
	@Test
	void accountOfASpenderThatHasJustBecomeCurrentIsLeasedAtOnce() {
		AtomicReference<AccountKey> current = new AtomicReference<>(SPENDER);
		Channels none = new Channels(this.database.store(this.clock).leases(),
				new ChannelKeys(() -> List.of(current.get()), TestSpenders.secrets(SPENDER), 0), TERM);
		ChannelLease former = none.lease(ChannelUse.CALL, Duration.ZERO);
		assertThat(former.address()).isEqualTo(SPENDER.address());
		AccountKey next = AccountKey.of(new String(KeyPair.random().getSecretSeed()));
		current.set(next);
		assertThat(none.lease(ChannelUse.CALL, Duration.ZERO).address()).isEqualTo(next.address());
		none.giveBack(former);
		assertThat(none.lease(ChannelUse.CALL, Duration.ZERO)).as("the one before is no source any more").isNull();
	}

	@Test
	void channelThatANodeMayBeUsingIsNotRetired() {
		Channels node = new Channels(this.database.store(this.clock).leases(), this.keys, TERM);
		open(1, 2);
		node.giveBack(lease());
		this.database.jdbc()
			.sql("insert into facilitator_node (id, alive_until) values ('n', :until)")
			.param("until", Long.MAX_VALUE)
			.update();
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(node.retireUnused(address(1))).isFalse();
		assertThat(node.retireUnused(address(2))).as("the same node's, whose other one is used").isFalse();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(node.retireUnused(address(2))).as("neither was used for long").isTrue();
		node.giveBack(lease());
		assertThat(node.retireUnused(address(1))).isFalse();
		this.database.jdbc().sql("delete from facilitator_node").update();
		assertThat(node.retireUnused(address(1))).as("no node is alive").isTrue();
	}

	@Test
	void channelIsLeasedOnceWhicheverNodeAsks() {
		open(1);
		ChannelLease lease = lease();
		assertThat(lease()).isNull();
		assertThat(channels().lease(ChannelUse.CALL, Duration.ZERO)).isNull();
		this.channels.giveBack(lease);
		assertThat(channels().lease(ChannelUse.CALL, Duration.ZERO).address()).isEqualTo(address(1));
	}

	@Test
	void channelThatWasUsedLongestAgoIsNext() {
		open(1, 2);
		this.clock.advance(Duration.ofSeconds(1));
		ChannelLease first = lease();
		this.clock.advance(Duration.ofSeconds(1));
		ChannelLease second = lease();
		assertThat(first.address()).isEqualTo(address(1));
		assertThat(second.address()).isEqualTo(address(2));
		this.channels.giveBack(second);
		this.channels.giveBack(first);
		assertThat(lease().address()).isEqualTo(address(1));
	}

	@Test
	void leaseOfANodeThatIsGoneEndsAndCannotBeGivenBackAfterThat() {
		open(1);
		ChannelLease lost = lease();
		this.clock.advance(TERM);
		assertThat(lease()).isNull();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(lease()).isNotNull();
		this.channels.giveBack(lost);
		assertThat(lease()).as("another has it by now").isNull();
	}

	@Test
	void openTransactionKeepsItsChannel() {
		open(1);
		transaction("OPEN");
		assertThat(lease()).isNull();
		this.database.jdbc().sql("update chain_transaction set status = 'OVER'").update();
		assertThat(lease()).isNotNull();
	}

	@Test
	void channelThatCannotPayIsNotHandedOut() {
		open(1);
		this.channels.setSolvent(address(1), false);
		assertThat(lease()).isNull();
		this.channels.setSolvent(address(1), true);
		assertThat(lease()).isNotNull();
	}

	@Test
	void whoWaitsGetsWhatIsGivenBack() {
		open(1);
		ChannelLease lease = lease();
		CompletableFuture<ChannelLease> waiting = CompletableFuture.supplyAsync(
				() -> this.channels.lease(ChannelUse.CALL, Eventually.PATIENCE), (task) -> new Thread(task).start());
		this.channels.giveBack(lease);
		assertThat(Eventually.resultOf(waiting).address()).isEqualTo(address(1));
	}

	@Test
	void whoIsInterruptedGetsNone() {
		open(1);
		Thread.currentThread().interrupt();
		assertThat(this.channels.lease(ChannelUse.CALL, Eventually.PATIENCE)).isNull();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void channelsAreKeptForWhatNobodyWaitsForAndForCalls() {
		open(1, 2, 3);
		Channels kept = new Channels(this.database.store(this.clock).leases(), this.keys, TERM, 1);
		assertThat(kept.lease(ChannelUse.LATER, Duration.ZERO).address()).isEqualTo(address(1));
		ChannelLease shared = kept.lease(ChannelUse.LATER, Duration.ZERO);
		assertThat(shared.address()).as("no call waits").isEqualTo(address(2));
		assertThat(kept.lease(ChannelUse.LATER, Duration.ZERO)).as("a call may come").isNull();
		assertThat(kept.lease(ChannelUse.CALL, Duration.ZERO).address()).isEqualTo(address(3));
		kept.giveBack(shared);
		assertThat(kept.lease(ChannelUse.CALL, Duration.ZERO).address()).isEqualTo(address(2));
		assertThat(kept.lease(ChannelUse.CALL, Duration.ZERO)).isNull();
	}

	@Test
	void callThatWaitsComesBeforeWhatNobodyWaitsFor() {
		open(1, 2, 3);
		Channels kept = new Channels(this.database.store(this.clock).leases(), this.keys, TERM, 1);
		ChannelLease call = kept.lease(ChannelUse.CALL, Duration.ZERO);
		assertThat(call.address()).isEqualTo(address(2));
		kept.lease(ChannelUse.CALL, Duration.ZERO);
		kept.lease(ChannelUse.LATER, Duration.ZERO);
		CompletableFuture<ChannelLease> waiting = CompletableFuture
			.supplyAsync(() -> kept.lease(ChannelUse.CALL, Eventually.PATIENCE), (task) -> new Thread(task).start());
		Eventually.isTrue(kept::isCallWaiting);
		kept.giveBack(call);
		assertThat(kept.lease(ChannelUse.LATER, Duration.ZERO)).isNull();
		assertThat(Eventually.resultOf(waiting).address()).isEqualTo(address(2));
	}

	@Test
	void spendersOwnAccountIsNoSourceOfSettlementsWhereThereAreChannels() {
		assertThat(this.channels.takeSpender()).map(ChannelLease::address).contains(this.keys.spender());
		assertThat(this.channels.takeSpender()).isEmpty();
		assertThat(lease()).isNull();
	}

	@Test
	void channelIsRetiredWhenNobodyUsesIt() {
		open(1);
		ChannelLease lease = lease();
		assertThat(this.channels.retire(address(1))).isFalse();
		this.channels.giveBack(lease);
		transaction("OVER");
		assertThat(this.channels.retire(address(1))).as("its end is not written down").isFalse();
		this.database.jdbc().sql("update chain_transaction set status = 'CONFIRMED'").update();
		assertThat(this.channels.retire(address(1))).isTrue();
		assertThat(lease()).isNull();
	}

	private ChannelLease lease() {
		return this.channels.lease(ChannelUse.CALL, Duration.ZERO);
	}

	private void open(int... slots) {
		for (int slot : slots) {
			this.channels.open(slot, address(slot));
		}
	}

	private void transaction(String status) {
		StoredRow.transaction("h", status).with("source", address(1)).with("sequence", 1).insert(this.database.jdbc());
	}

	private String address(int slot) {
		return this.keys.addresses().get(slot - 1);
	}

}

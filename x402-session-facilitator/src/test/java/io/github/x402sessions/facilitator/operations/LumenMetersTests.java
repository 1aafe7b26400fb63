package io.github.x402sessions.facilitator.operations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Figures of lumens, each of which is there whatever becomes of the other.
 */
class LumenMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void nodeIsAskedOnceHoweverManyAsk() {
		try (StellarDevnet devnet = StellarDevnet.builder().port(0).start();
				TestDatabase database = TestDatabase.sqlite()) {
			String spender = KeyPair.random().getAccountId();
			devnet.fund(spender);
			new LumenMeters(reader(devnet), TestSpenders.named(spender), database.store().openWork())
				.bindTo(this.registry);
			assertThat(lumens("spender")).isBetween(9_990.0, 10_000.0);
			assertThat(lumens("spender")).isBetween(9_990.0, 10_000.0);
			assertThat(lumens("lowest_channel")).as("there is none").isNaN();
			assertThat(this.asked).hasValue(1);
		}
	}

	@Test
	void spenderHasHisFigureWhereChannelsCannotBeRead() {
		try (StellarDevnet devnet = StellarDevnet.builder().port(0).start();
				TestDatabase database = TestDatabase.sqlite()) {
			String spender = KeyPair.random().getAccountId();
			devnet.fund(spender);
			database.jdbc()
				.sql("insert into channel (address, spender, slot) values ('no account', '%s', 1)".formatted(spender))
				.update();
			new LumenMeters(reader(devnet), TestSpenders.named(spender), database.store().openWork())
				.bindTo(this.registry);
			assertThat(lumens("lowest_channel")).isNaN();
			assertThat(lumens("spender")).isBetween(9_990.0, 10_000.0);
		}
	}

	@Test
	void nodeThatIsAwayIsAskedOnceAndIsNoNumber() {
		StellarDevnet devnet = StellarDevnet.builder().port(0).start();
		try (TestDatabase database = TestDatabase.sqlite()) {
			TransferReadinessReader reader = reader(devnet);
			devnet.close();
			new LumenMeters(reader, TestSpenders.named(KeyPair.random().getAccountId()), database.store().openWork())
				.bindTo(this.registry);
			assertThat(lumens("spender")).isNaN();
			assertThat(lumens("spender")).isNaN();
			assertThat(lumens("lowest_channel")).isNaN();
			assertThat(this.asked).hasValue(1);
		}
	}

	private double lumens(String account) {
		return this.registry.get("x402.facilitator.lumens").tag("account", account).gauge().value();
	}

	private TransferReadinessReader reader(StellarDevnet devnet) {
		HttpStellarRpc node = new HttpStellarRpc(devnet.rpcUri(), Duration.ofSeconds(10));
		StellarRpc counted = (StellarRpc) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { StellarRpc.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("entries")) {
						this.asked.incrementAndGet();
					}
					try {
						return method.invoke(node, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
		return new TransferReadinessReader(counted, new LedgerState(counted, devnet.networkPassphrase()));
	}

}

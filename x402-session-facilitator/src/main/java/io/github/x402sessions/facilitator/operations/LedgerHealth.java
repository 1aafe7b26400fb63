package io.github.x402sessions.facilitator.operations;

import java.time.Clock;
import java.time.Duration;

import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether the node serves our network and keeps up with it. Without that nothing is
 * verified or settled.
 */
final class LedgerHealth extends AbstractHealthIndicator {

	/** A ledger takes about 5 seconds. */
	private static final Duration OLDEST = Duration.ofSeconds(60);

	private final LedgerClock ledgers;

	private final LedgerAge age;

	/**
	 * Create it.
	 * @param ledgers knows the latest ledger
	 * @param clock the time
	 */
	public LedgerHealth(LedgerClock ledgers, Clock clock) {
		super("the Stellar RPC gives no usable answer");
		this.ledgers = ledgers;
		this.age = new LedgerAge(clock);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		LatestLedger latest = this.ledgers.latest();
		builder.up().withDetail("ledger", latest.sequence());
		if (latest.closeTime() > 0) {
			long age = this.age.seconds(latest);
			builder.withDetail("ageSeconds", age);
			if (age > OLDEST.toSeconds()) {
				builder.down();
			}
		}
	}

}

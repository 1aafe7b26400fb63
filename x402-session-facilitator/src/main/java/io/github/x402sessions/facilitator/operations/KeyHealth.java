package io.github.x402sessions.facilitator.operations;

import java.util.List;

import io.github.x402sessions.facilitator.key.ConfiguredSpenders;
import io.github.x402sessions.facilitator.key.SpenderWatch;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells which spenders this node signs for, whether the files of their keys can be read,
 * whether somebody signs, and whether a key is missing, here or on another node. Says
 * nothing that is secret.
 */
final class KeyHealth extends AbstractHealthIndicator {

	private final ConfiguredSpenders spenders;

	private final SpenderWatch watch;

	/**
	 * Create it.
	 * @param spenders the spenders
	 * @param watch knows what other nodes have
	 */
	KeyHealth(ConfiguredSpenders spenders, SpenderWatch watch) {
		super("the spenders of other nodes could not be read");
		this.spenders = spenders;
		this.watch = watch;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<String> problems = this.spenders.problems();
		List<String> missing = this.watch.missing();
		List<String> failing = this.spenders.failing();
		builder.status((problems.isEmpty() && missing.isEmpty() && failing.isEmpty()) ? "UP" : "DOWN")
			.withDetail("spender", this.spenders.address())
			.withDetail("otherSpenders", this.spenders.addresses().size() - 1)
			.withDetail("nodesWithoutSpender", this.watch.nodesWithoutCurrent());
		if (!problems.isEmpty()) {
			builder.withDetail("files", problems);
		}
		if (!failing.isEmpty()) {
			builder.withDetail("failingSigners", failing);
		}
		if (!missing.isEmpty()) {
			builder.withDetail("missingSpenders", missing);
		}
	}

}

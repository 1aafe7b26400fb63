package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extensions that a gate adds to what it says. One that fails is left out and the
 * operator told: neither a challenge nor, after a settlement, a receipt fails for it.
 * Thread-safe.
 */
final class GateExtensions {

	static final GateExtensions NONE = new GateExtensions(List.of(), List.of());

	private static final Logger logger = LoggerFactory.getLogger(GateExtensions.class);

	private final List<ChallengeExtension> challenges;

	private final List<ReceiptExtension> receipts;

	private final Throttle warnings = new Throttle(Duration.ofSeconds(10));

	GateExtensions(List<? extends ChallengeExtension> challenges, List<? extends ReceiptExtension> receipts) {
		this.challenges = List.copyOf(challenges);
		this.receipts = List.copyOf(receipts);
	}

	/** Add what is the same every time. */
	PaymentRequired constant(PricedRoute route, PaymentRequired challenge) {
		return extend(route, challenge, (extension) -> !extension.isDynamic());
	}

	/** Add what was left out of {@link #constant}. */
	PaymentRequired dynamic(PricedRoute route, PaymentRequired challenge) {
		return extend(route, challenge, ChallengeExtension::isDynamic);
	}

	/** Add everything, in the order of importance. */
	PaymentRequired all(PricedRoute route, PaymentRequired challenge) {
		return extend(route, challenge, (extension) -> true);
	}

	private PaymentRequired extend(PricedRoute route, PaymentRequired challenge, Predicate<ChallengeExtension> chosen) {
		PaymentRequired extended = challenge;
		for (ChallengeExtension extension : this.challenges) {
			if (chosen.test(extension)) {
				PaymentRequired before = extended;
				extended = made(extension.name(), () -> extension.of(route, before))
					.map((content) -> before.withExtension(extension.name(), content))
					.orElse(before);
			}
		}
		return extended;
	}

	/** Add to the receipt of an answer that comes. */
	SettleResponse receipt(PaymentRequired challenge, SettleResponse receipt) {
		SettleResponse extended = receipt;
		for (ReceiptExtension extension : this.receipts) {
			SettleResponse before = extended;
			extended = made(extension.name(), () -> extension.of(challenge, before))
				.map((content) -> before.withExtension(extension.name(), content))
				.orElse(before);
		}
		return extended;
	}

	private Optional<Map<String, @Nullable Object>> made(String name,
			Supplier<Optional<Map<String, @Nullable Object>>> extension) {
		try {
			return extension.get();
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			this.warnings.run(() -> logger
				.error("Extension '{}' is left out, because it failed (told at most once in 10 seconds)", name, ex));
			return Optional.empty();
		}
	}

}

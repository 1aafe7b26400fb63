package io.github.x402sessions.client.diagnosis;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ways to pay of a challenge, and chooses the one that would be taken.
 */
final class WaysCheck {

	private static final String TOPIC = "terms";

	private static final int MOST = 16;

	private static final Set<String> SCHEMES = Set.of("session", "exact");

	private static final Duration SKEW = Duration.ofSeconds(60);

	private final CheckList list;

	private final Instant now;

	private final DiagnosisPlan plan;

	WaysCheck(CheckList list, Instant now, DiagnosisPlan plan) {
		this.list = list;
		this.now = now;
		this.plan = plan;
	}

	/** Return the way that would be taken, or {@code null} if there is none. */
	@Nullable PaymentRequirements choose(PaymentRequired challenge) {
		List<PaymentRequirements> ways = challenge.accepts();
		PaymentRequirements chosen = chosen(ways);
		int taken = (chosen != null) ? ways.indexOf(chosen) : -1;
		for (int i = 0; i < Math.min(MOST, ways.size()); i++) {
			check(i + 1, ways.get(i), i == taken);
		}
		checkOffers(challenge);
		if (chosen == null) {
			this.list.fail(TOPIC,
					"none of its ways to pay is by " + String.join(" or ", this.plan.schemes()) + " on "
							+ this.plan.network().id() + " with " + this.plan.asset().symbol(),
					"choose another network, asset or scheme, of those above");
			return null;
		}
		String problem = problem(chosen);
		if (problem != null) {
			this.list.fail(TOPIC, "the way that would be taken cannot be: " + problem,
					"whoever runs the server has to mend its terms");
			return null;
		}
		checkCap(chosen);
		return chosen;
	}

	private void checkCap(PaymentRequirements chosen) {
		BigInteger cap = this.plan.cap();
		BigInteger price = BaseUnits.read(chosen.amount()).orElse(BigInteger.ZERO);
		if (cap != null && cap.compareTo(price) < 0) {
			this.list.fail(TOPIC, "at most " + this.plan.asset().describe(cap) + " is to be spent, and a call costs "
					+ this.plan.asset().describe(price), "raise the cap");
		}
	}

	private @Nullable PaymentRequirements chosen(List<PaymentRequirements> ways) {
		return this.plan.schemes()
			.stream()
			.flatMap((scheme) -> ways.stream()
				.filter((way) -> way.scheme().equals(scheme) && way.network().equals(this.plan.network().id())
						&& way.asset().equals(this.plan.asset().id())))
			.findFirst()
			.orElse(null);
	}

	private void check(int number, PaymentRequirements way, boolean chosen) {
		String text = number + ": " + CheckList.plain(way.scheme()) + " on " + CheckList.plain(way.network()) + ", "
				+ price(way) + " to " + CheckList.plain(way.payTo()) + ", within " + way.maxTimeoutSeconds() + " s";
		String problem = problem(way);
		if (!SCHEMES.contains(way.scheme())) {
			this.list.ok(TOPIC, text + "; not a way of this client");
		}
		else if (problem != null && !chosen) {
			this.list.warn(TOPIC, text + "; " + problem, "whoever runs the server has to mend it");
		}
		else {
			this.list.ok(TOPIC, chosen ? text + "; the one that would be taken" : text);
		}
	}

	private String price(PaymentRequirements way) {
		return BaseUnits.read(way.amount())
			.map((units) -> way.asset().equals(this.plan.asset().id()) ? this.plan.asset().describe(units)
					: CheckList.plain(Asset.describe(way.asset(), units)))
			.orElse("an amount that is none");
	}

	private static @Nullable String problem(PaymentRequirements way) {
		NetworkRules rules = NetworkRules.of(way.network());
		if (BaseUnits.read(way.amount()).filter((units) -> units.signum() > 0).isEmpty()) {
			return "its amount is no whole number above 0";
		}
		Optional<NetworkRules.Violation> wrong = rules.network().or(() -> rules.asset(way.asset()));
		if (wrong.isPresent()) {
			return "its network or asset is " + wrong.get().problem();
		}
		if (!isRecipient(way, rules)) {
			return "its recipient is no address of its network";
		}
		if (way.scheme().equals("exact") && !Boolean.TRUE.equals(way.extra().get("areFeesSponsored"))) {
			return "its facilitator does not pay the fees of exact (extra.areFeesSponsored)";
		}
		return null;
	}

	/** A transfer may be made to an account that many share, a session not. */
	private static boolean isRecipient(PaymentRequirements way, NetworkRules rules) {
		return rules.address(way.payTo()).isEmpty()
				|| (way.scheme().equals("exact") && TransferAuthorisations.isRecipient(way.payTo()));
	}

	private void checkOffers(PaymentRequired challenge) {
		List<SignedOffer> offers = SignedOffer.in(challenge.extensions());
		for (int i = 0; i < offers.size(); i++) {
			String name = "signed offer " + (i + 1);
			OfferTerms terms = offers.get(i).claim().orElse(null);
			if (terms == null) {
				this.list.warn(TOPIC, name + " cannot be read", "whoever runs the server has to mend its signing");
				continue;
			}
			Long end = terms.validUntil();
			if (end != null && end > 0 && this.now.minus(SKEW).getEpochSecond() > end) {
				this.list.warn(TOPIC, name + " was good until " + time(end),
						"compare the clocks; else the server shows an old challenge, as a cache does");
			}
			else if (challenge.accepts().stream().noneMatch(terms::isOf)) {
				this.list.warn(TOPIC, name + " is for other terms than are asked", "do not rely on it");
			}
			else {
				this.list.ok(TOPIC, name + ((end != null && end > 0) ? " is good until " + time(end) : " has no end"));
			}
		}
	}

	private static String time(long seconds) {
		return (seconds < Instant.MAX.getEpochSecond()) ? Instant.ofEpochSecond(seconds).toString() : "the end of time";
	}

}

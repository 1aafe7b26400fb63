package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the routes of a server by who takes them, as one of its facilitators sees it.
 */
final class RouteTakers {

	private final RefreshingFacilitator facilitator;

	private final Facilitator all;

	/** The ways to pay of each route. */
	private final List<List<SortedWay>> routes = new ArrayList<>();

	/** The amounts from which on terms are refused. */
	private final Map<List<String>, BigInteger> refused = new HashMap<>();

	RouteTakers(RefreshingFacilitator facilitator, Facilitator all, Collection<? extends PriceList> pricing) {
		this.facilitator = facilitator;
		this.all = all;
		for (PriceList prices : pricing) {
			for (PricedRoute route : prices.routes()) {
				boolean perRequest = prices.isPricedPerRequest(route);
				this.routes.add(route.accepts().stream().map((way) -> sort(way, perRequest)).toList());
			}
		}
	}

	@SuppressWarnings("ReferenceEquality") // the same one, not one like it
	private SortedWay sort(PaymentTerms way, boolean perRequest) {
		Optional<FacilitatedKind> found;
		try {
			found = this.all.find(way.scheme(), way.network());
		}
		catch (FacilitatorException ex) {
			return new SortedWay(Taker.PERHAPS_ANOTHER, null, BigInteger.ZERO);
		}
		if (found.isEmpty()
				|| !(perRequest || KindLimits.of(found.get().kind()).refusal(way.asset(), way.amount()).isEmpty())) {
			return new SortedWay(Taker.NOBODY, null, BigInteger.ZERO);
		}
		if (found.get().facilitator() != this.facilitator) {
			return new SortedWay(Taker.ANOTHER, null, BigInteger.ZERO);
		}
		return new SortedWay(Taker.THIS, way.toRequirements(KindLimits.termsOf(found.get().kind())),
				perRequest ? BigInteger.ZERO : way.amount());
	}

	/** Return how many routes there are. */
	int number() {
		return this.routes.size();
	}

	/** Return of how many routes that is the best taker. */
	int count(Taker taker) {
		return (int) this.routes.stream().filter((ways) -> best(ways) == taker).count();
	}

	private Taker best(List<SortedWay> ways) {
		return ways.stream().map(this::taker).min(Comparator.naturalOrder()).orElse(Taker.NOBODY);
	}

	private Taker taker(SortedWay way) {
		BigInteger least = (way.terms() != null) ? this.refused.get(key(way.terms())) : null;
		return (least != null && way.amount().compareTo(least) >= 0) ? Taker.REFUSED : way.taker();
	}

	/**
	 * Return terms that the facilitator takes, the first for each recipient and kind.
	 */
	List<PaymentRequirements> recipients() {
		Map<List<String>, PaymentRequirements> terms = new LinkedHashMap<>();
		for (List<SortedWay> ways : this.routes) {
			for (SortedWay way : ways) {
				if (way.terms() != null) {
					terms.putIfAbsent(key(way.terms()), way.terms());
				}
			}
		}
		return List.copyOf(terms.values());
	}

	/**
	 * Note that the facilitator does not take terms after all.
	 * @param terms one of {@link #recipients()}
	 * @param tooMuch whether less would be taken
	 */
	void refuse(PaymentRequirements terms, boolean tooMuch) {
		this.refused.put(key(terms), tooMuch ? new BigInteger(terms.amount()) : BigInteger.ZERO);
	}

	private static List<String> key(PaymentRequirements terms) {
		return List.of(terms.scheme(), terms.network(), terms.asset(), terms.payTo());
	}

	/** The better the earlier. */
	enum Taker {

		THIS, ANOTHER, PERHAPS_ANOTHER, REFUSED, NOBODY

	}

	/**
	 * A way to pay; its amount is 0 where that is known with a request only.
	 */
	private record SortedWay(Taker taker, @Nullable PaymentRequirements terms, BigInteger amount) {
	}

}

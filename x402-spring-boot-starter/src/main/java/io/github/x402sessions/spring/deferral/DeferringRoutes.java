package io.github.x402sessions.spring.deferral;

import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The routes of an application that defer, as far as they are known at start.
 */
public final class DeferringRoutes {

	private DeferringRoutes() {
	}

	static List<PricedRoute> of(ObjectProvider<PriceList> pricing) {
		return pricing.orderedStream()
			.flatMap((prices) -> prices.routes().stream())
			.filter((route) -> !route.deferrable().isEmpty())
			.toList();
	}

	/**
	 * Return who is paid by them, and with what.
	 * @param pricing the application's prices
	 * @return each account once
	 */
	public static Stream<PaidAccount> accounts(ObjectProvider<PriceList> pricing) {
		return of(pricing).stream()
			.flatMap((route) -> route.deferrable().stream())
			.map((terms) -> new PaidAccount(terms.payTo(), terms.network(), terms.asset().id()))
			.distinct();
	}

}

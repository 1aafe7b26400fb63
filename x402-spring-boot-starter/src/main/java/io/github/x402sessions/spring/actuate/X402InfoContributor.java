package io.github.x402sessions.spring.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.terms.PriceList;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Tells by which version of the protocol and for how many routes payments are asked.
 */
final class X402InfoContributor implements InfoContributor {

	private final List<PriceList> pricing;

	X402InfoContributor(Collection<PriceList> pricing) {
		this.pricing = List.copyOf(pricing);
	}

	@Override
	public void contribute(Info.Builder builder) {
		long routes = this.pricing.stream().flatMap((prices) -> prices.routes().stream()).distinct().count();
		builder.withDetail("x402", Map.of("version", 2, "pricedRoutes", routes));
	}

}

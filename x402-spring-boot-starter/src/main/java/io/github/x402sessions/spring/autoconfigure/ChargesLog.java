package io.github.x402sessions.spring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says in one block of the log at start what is charged, for what, by whom and to whom.
 */
final class ChargesLog implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(ChargesLog.class);

	private final ObjectProvider<PriceList> pricing;

	private final ObjectProvider<Facilitator> facilitators;

	ChargesLog(ObjectProvider<PriceList> pricing, ObjectProvider<Facilitator> facilitators) {
		this.pricing = pricing;
		this.facilitators = facilitators;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		List<String> lines = this.pricing.orderedStream()
			.flatMap((prices) -> prices.routes().stream().map((route) -> line(prices, route)))
			.toList();
		if (lines.isEmpty()) {
			logger.info("No route has a price that is known at start");
			return;
		}
		logger.info("Charging for {} by {}:{}", (lines.size() == 1) ? "1 route" : lines.size() + " routes",
				this.facilitators.stream().map(ChargesLog::name).collect(Collectors.joining(", ")),
				String.join("", lines));
	}

	private static String line(PriceList prices, PricedRoute route) {
		boolean perRequest = prices.isPricedPerRequest(route);
		return "\n  " + route.name() + ": "
				+ route.accepts().stream().map((terms) -> terms(terms, perRequest)).collect(Collectors.joining(" or "))
				+ ", settled " + route.timing().name().toLowerCase(Locale.ROOT).replace('_', '-') + free(route.free());
	}

	private static String free(@Nullable FreeCalls calls) {
		if (calls == null) {
			return "";
		}
		return ((calls.condition() != null) ? ", free for " + calls.condition() : "")
				+ ((calls.perDay() > 0) ? ", " + calls.perDay() + " free a day for each caller" : "");
	}

	private static String terms(PaymentTerms terms, boolean perRequest) {
		return (perRequest ? "an amount by request" : terms.asset().toDecimal(terms.amount())) + " of asset "
				+ terms.asset().id() + " to " + terms.payTo() + " (" + terms.scheme() + ", " + terms.network() + ")";
	}

	private static String name(Facilitator facilitator) {
		if (facilitator instanceof CompositeFacilitator composite) {
			return composite.delegates().stream().map(ChargesLog::name).collect(Collectors.joining(", "));
		}
		return (facilitator instanceof RefreshingFacilitator refreshing) ? refreshing.name()
				: facilitator.getClass().getSimpleName();
	}

}

package io.github.x402sessions.spring.autoconfigure;

import java.util.stream.Collectors;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.terms.ChargesTable;
import io.github.x402sessions.core.terms.PriceList;
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
		ChargesTable charges = ChargesTable.of(this.pricing.orderedStream().toList());
		if (charges.isEmpty()) {
			logger.info("No route has a price that is known at start");
			return;
		}
		logger.info("Charging for {} by {}:{}", charges.count(),
				this.facilitators.stream().map(ChargesLog::name).collect(Collectors.joining(", ")), charges);
	}

	private static String name(Facilitator facilitator) {
		if (facilitator instanceof CompositeFacilitator composite) {
			return composite.delegates().stream().map(ChargesLog::name).collect(Collectors.joining(", "));
		}
		return (facilitator instanceof RefreshingFacilitator refreshing) ? refreshing.name()
				: facilitator.getClass().getSimpleName();
	}

}

package io.github.x402sessions.spring.autoconfigure;

import java.util.function.Consumer;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.StartCheck;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.route.KnownPrices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Tells at start, and not with the first request, which routes their facilitators do not
 * take: for their kind of payment, their asset or their price; and whether each knows
 * this server. Nothing waits for it.
 */
final class RouteSupportLog implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(RouteSupportLog.class);

	private final PaymentGate gate;

	private final ObjectProvider<PriceList> pricing;

	private final ObjectProvider<Facilitator> facilitators;

	private final boolean asking;

	RouteSupportLog(PaymentGate gate, ObjectProvider<PriceList> pricing, ObjectProvider<Facilitator> facilitators,
			boolean asking) {
		this.asking = asking;
		this.gate = gate;
		this.pricing = pricing;
		this.facilitators = facilitators;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		Consumer<Runnable> telling = (check) -> tell(event.getApplicationContext(), check);
		this.facilitators.forEach((facilitator) -> watch(facilitator, facilitator, telling));
	}

	private void watch(Facilitator facilitator, Facilitator all, Consumer<Runnable> telling) {
		if (facilitator instanceof RefreshingFacilitator refreshing) {
			refreshing.whenTold(() -> telling.accept(this::tellSupport));
			if (this.asking) {
				Runnable check = StartCheck.of(refreshing, all, () -> this.pricing.orderedStream().toList());
				refreshing.whenTold(() -> telling.accept(check));
			}
		}
		else if (facilitator instanceof CompositeFacilitator composite) {
			composite.delegates().forEach((delegate) -> watch(delegate, all, telling));
		}
		else {
			Thread thread = new Thread(() -> telling.accept(this::tellSupport), "x402-support");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void tellSupport() {
		this.gate.tellSupport(KnownPrices.of(this.pricing).fixed());
	}

	/** An application that has ended meanwhile has no beans to tell it by. */
	private static void tell(ConfigurableApplicationContext application, Runnable check) {
		try {
			check.run();
		}
		catch (RuntimeException ex) {
			if (application.isActive()) {
				logger.warn("It is not known at start which routes can be paid: {}", ex.toString());
			}
		}
	}

	/** Before the facilitators are asked. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}

package io.github.x402sessions.spring.deferral;

import java.util.List;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.notice.DeferralWatch;
import io.github.x402sessions.core.facilitator.notice.NoticeCursor;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Follows what becomes of the application's deferred payments, from when it is ready
 * until it ends, where a route defers.
 */
final class DeferralFollower implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

	private final Facilitator facilitator;

	private final ObjectProvider<PriceList> pricing;

	private final NoticeCursor cursor;

	private final OpenPayments open;

	private final SettlementListeners listeners;

	private @Nullable DeferralWatch watch;

	DeferralFollower(Facilitator facilitator, ObjectProvider<PriceList> pricing, NoticeCursor cursor, OpenPayments open,
			SettlementListeners listeners) {
		this.facilitator = facilitator;
		this.pricing = pricing;
		this.cursor = cursor;
		this.open = open;
		this.listeners = listeners;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		List<PricedRoute> routes = DeferringRoutes.of(this.pricing);
		if (this.watch == null && !routes.isEmpty()) {
			this.watch = DeferralWatch.start(this.facilitator, routes, this.cursor, this::told);
		}
	}

	private void told(String recipient, SettlementNotice notice) {
		this.open.told(recipient, notice);
		if (notice.deferral().filter(DeferralFollower::isEnd).isPresent()) {
			this.listeners.deferralEnded(recipient, notice);
		}
	}

	/** Of what was held and given back nobody has heard that it was settled. */
	private static boolean isEnd(DeferralStatus status) {
		return !status.isOpen() && status != DeferralStatus.RELEASED;
	}

	@Override
	public void destroy() {
		if (this.watch != null) {
			this.watch.close();
		}
	}

}

package io.github.x402sessions.spring.free;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.spring.route.FreeAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants requests that are free by what their route declares: first to whoever never
 * pays, then to whoever has calls left. Listeners in front of it may decide otherwise.
 * Thread-safe.
 */
final class FreeCallListener implements PaymentListener, FreeAccess {

	private static final Logger logger = LoggerFactory.getLogger(FreeCallListener.class);

	private final FreeConditions conditions;

	private final FreeQuota quota;

	private final AtomicBoolean told = new AtomicBoolean();

	FreeCallListener(FreeConditions conditions, FreeQuota quota) {
		this.conditions = conditions;
		this.quota = quota;
	}

	@Override
	public void check(String place, FreeCalls calls, Set<String> variables) {
		if (calls.condition() != null) {
			this.conditions.check(place, calls.condition(), variables);
		}
		if (calls.perDay() > 0 && this.told.compareAndSet(false, true)) {
			logger.info("Free calls are counted in {}", this.quota.place());
		}
	}

	@Override
	public Access onRequest(HttpServletRequest request, PricedRoute route) {
		FreeCalls calls = route.free();
		boolean free = calls != null && (isFreeFor(calls, request) || this.quota.take(request, calls));
		return free ? Access.GRANT : Access.CHARGE;
	}

	private boolean isFreeFor(FreeCalls calls, HttpServletRequest request) {
		return calls.condition() != null && this.conditions.isMet(calls.condition(), request);
	}

	@Override
	public void onGranted(HttpServletRequest request, PricedRoute route, int status) {
		this.quota.end(request, route.charged().include(status));
	}

}

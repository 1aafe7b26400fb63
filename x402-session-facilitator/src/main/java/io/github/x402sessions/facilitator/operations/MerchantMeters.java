package io.github.x402sessions.facilitator.operations;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.facilitator.merchant.MerchantDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the calls for merchants by what came of them, and the merchants. The first that
 * are called for have their names as a tag, the rest share one. Thread-safe.
 */
public final class MerchantMeters extends DelegatingFacilitator {

	private static final String PREFIX = "x402.facilitator.merchant";

	private static final int MOST_NAMES = 100;

	private static final String REST = "other";

	private final Facilitator facilitator;

	private final MerchantDirectory merchants;

	private final MeterRegistry registry;

	private final Set<String> named = ConcurrentHashMap.newKeySet();

	/**
	 * Create it.
	 * @param facilitator the facilitator whose calls are counted
	 * @param merchants knows the merchants
	 * @param registry keeps the figures
	 */
	public MerchantMeters(Facilitator facilitator, MerchantDirectory merchants, MeterRegistry registry) {
		this.facilitator = facilitator;
		this.merchants = merchants;
		this.registry = registry;
		gauge("active", (directory) -> directory.count(false));
		gauge("paused", (directory) -> directory.count(true));
		gauge("left-out", MerchantDirectory::leftOut);
	}

	private void gauge(String state, ToDoubleFunction<MerchantDirectory> count) {
		Gauge.builder(PREFIX + "s", this.merchants, count)
			.description("Merchants in the database")
			.tag("state", state)
			.strongReference(true)
			.register(this.registry);
	}

	@Override
	protected Facilitator delegate() {
		return this.facilitator;
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		VerifyResponse answer = call.get();
		count(request, "verify", answer.isValid());
		return answer;
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return counted(request, "settle", call);
	}

	@Override
	protected SettleResponse holding(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return counted(request, "hold", call);
	}

	@Override
	protected SettleResponse releasing(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return counted(request, "release", call);
	}

	private SettleResponse counted(FacilitatorRequest request, String kind, Supplier<SettleResponse> call) {
		SettleResponse answer = call.get();
		count(request, kind, answer.success());
		return answer;
	}

	private void count(FacilitatorRequest request, String kind, boolean done) {
		Optional<String> merchant = this.merchants.name(request.paymentRequirements().payTo());
		merchant.ifPresent((name) -> Counter.builder(PREFIX + ".calls")
			.description("Calls for merchants")
			.tag("merchant", tag(name))
			.tag("call", kind)
			.tag("outcome", done ? "done" : "refused")
			.register(this.registry)
			.increment());
	}

	private String tag(String name) {
		return this.named.contains(name) || isNew(name) ? name : REST;
	}

	private synchronized boolean isNew(String name) {
		return !REST.equals(name) && this.named.size() < MOST_NAMES && this.named.add(name);
	}

}

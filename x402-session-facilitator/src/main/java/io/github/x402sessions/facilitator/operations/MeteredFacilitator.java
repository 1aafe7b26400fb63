package io.github.x402sessions.facilitator.operations;

import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Times another facilitator. The only tag is the outcome, one of a closed set of names:
 * never a session, a payer or an amount. Thread-safe.
 */
public final class MeteredFacilitator extends DelegatingFacilitator {

	private final Facilitator facilitator;

	private final MeterRegistry registry;

	/**
	 * Create it.
	 * @param facilitator the facilitator to time
	 * @param registry keeps the figures
	 */
	public MeteredFacilitator(Facilitator facilitator, MeterRegistry registry) {
		this.facilitator = facilitator;
		this.registry = registry;
	}

	@Override
	protected Facilitator delegate() {
		return this.facilitator;
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		return timed("verify", call, (answer) -> answer.isValid() ? "valid" : answer.invalidReason());
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return timed("settle", call, (answer) -> answer.success() ? "settled" : answer.errorReason());
	}

	@Override
	protected SettleResponse holding(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return timed("hold", call, (answer) -> answer.success() ? "held" : answer.errorReason());
	}

	@Override
	protected SettleResponse releasing(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return timed("release", call, (answer) -> answer.success() ? "released" : answer.errorReason());
	}

	private <T> T timed(String call, Supplier<T> work, Function<T, @Nullable String> outcome) {
		Timer.Sample sample = Timer.start(this.registry);
		String reached = "error";
		try {
			T answer = work.get();
			reached = String.valueOf(outcome.apply(answer));
			return answer;
		}
		catch (FacilitatorUnavailableException ex) {
			reached = "unavailable";
			throw ex;
		}
		catch (MalformedMessageException ex) {
			reached = "malformed";
			throw ex;
		}
		finally {
			sample.stop(Timer.builder("x402.facilitator." + call)
				.description("Calls of " + call + " by outcome")
				.tag("outcome", reached)
				.publishPercentileHistogram()
				.register(this.registry));
		}
	}

}

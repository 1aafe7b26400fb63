package io.github.x402sessions.facilitator.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse;
import io.github.x402sessions.core.facilitator.http.ExtensionResponses;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The calls that resource servers make: the standard ones of x402.
 */
final class PaymentEndpoints {

	private static final String PENDING = "settlement_pending";

	private static final Set<String> TRY_AGAIN = Set.of("rpc_error", PENDING);

	/** Half of the threads that a container has. */
	private static final int VERIFYING_AT_ONCE = 100;

	private final Facilitator facilitator;

	private final Facilitator unlisted;

	private final RequestGuard guard;

	private final Bulkhead settling;

	/**
	 * Verifying hardly ever waits; when it does, for the node, the container has threads
	 * left.
	 */
	private final Semaphore verifying = new Semaphore(VERIFYING_AT_ONCE);

	private final DeliveryTracker deliveries;

	private final Function<FacilitatorRequest, Optional<ExtensionResponse>> extensions;

	/**
	 * Create the endpoints.
	 * @param facilitator what they ask
	 * @param unlisted what they ask of which nothing is listed: for a recipient whose key
	 * they have not
	 * @param guard knows who may be paid
	 * @param settling where calls wait for the chain
	 * @param deliveries hears whether they left
	 * @param extensions says how a payment's extension fared
	 */
	public PaymentEndpoints(Facilitator facilitator, Facilitator unlisted, RequestGuard guard, Bulkhead settling,
			DeliveryTracker deliveries, Function<FacilitatorRequest, Optional<ExtensionResponse>> extensions) {
		this.facilitator = facilitator;
		this.unlisted = unlisted;
		this.guard = guard;
		this.settling = settling;
		this.deliveries = deliveries;
		this.extensions = extensions;
	}

	ServerResponse supported(ServerRequest request) {
		return JsonResponses.of(HttpStatus.OK, this.facilitator.supported());
	}

	ServerResponse verify(ServerRequest request) {
		FacilitatorRequest payment = read(request);
		if (!this.verifying.tryAcquire()) {
			return unavailable("too many payments at once");
		}
		try {
			return JsonResponses.of(HttpStatus.OK, this.facilitator.verify(payment), said(payment));
		}
		catch (FacilitatorUnavailableException ex) {
			return unavailable(ex.getMessage());
		}
		finally {
			this.verifying.release();
		}
	}

	private static ServerResponse unavailable(@Nullable String message) {
		return JsonResponses.of(HttpStatus.SERVICE_UNAVAILABLE, VerifyResponse.invalid("rpc_error", message));
	}

	ServerResponse settle(ServerRequest request) {
		FacilitatorRequest payment = read(request);
		boolean own = this.guard.speaksFor(request, payment.paymentRequirements().payTo());
		return settling(request, payment, own ? this.facilitator::settle : this.unlisted::settle);
	}

	ServerResponse hold(ServerRequest request) {
		return settling(request, read(request), this.facilitator::hold);
	}

	ServerResponse release(ServerRequest request) {
		return settling(request, read(request), this.facilitator::release);
	}

	private ServerResponse settling(ServerRequest request, FacilitatorRequest payment,
			Function<FacilitatorRequest, SettleResponse> work) {
		return this.settling.answer(request, () -> watched(payment, work.apply(payment)),
				answer(payment, failure(payment, PENDING, "that takes too long")),
				() -> answer(payment, failure(payment, "rpc_error", "too many payments at once")));
	}

	private ServerResponse watched(FacilitatorRequest payment, SettleResponse outcome) {
		ServerResponse answer = answer(payment, outcome);
		return outcome.success() ? new WatchedResponse(answer, () -> this.deliveries.delivered(outcome),
				() -> this.deliveries.lost(outcome)) : answer;
	}

	private static SettleResponse failure(FacilitatorRequest payment, String reason, String message) {
		return SettleResponse.failure(reason, message, payment.paymentRequirements().network());
	}

	private ServerResponse answer(FacilitatorRequest payment, SettleResponse outcome) {
		if (outcome.success()) {
			return JsonResponses.of(HttpStatus.OK, outcome, said(payment));
		}
		return isDangerousToRepeat(payment, outcome) ? JsonResponses.withoutRetry(status(outcome), outcome)
				: JsonResponses.of(status(outcome), outcome);
	}

	/** What there is to say of a payment's extensions, to its server alone. */
	private Consumer<HttpHeaders> said(FacilitatorRequest payment) {
		Optional<ExtensionResponse> response = this.extensions.apply(payment);
		return (headers) -> response
			.ifPresent((one) -> headers.set(ExtensionResponses.HEADER, ExtensionResponses.write(List.of(one))));
	}

	private FacilitatorRequest read(ServerRequest request) {
		FacilitatorRequest payment = PaymentRequestReader.read(RequestBody.bytes(request),
				this.facilitator.supported());
		this.guard.requireRecipient(request, payment.paymentRequirements().payTo());
		return payment;
	}

	/**
	 * A transaction is on its way, and without an identifier a repeated call is known as
	 * one for a while only, then it is another payment: nobody is invited to that by a
	 * {@code Retry-After}. What is proven unsent, {@code rpc_error}, may be repeated by
	 * anybody.
	 */
	private static boolean isDangerousToRepeat(FacilitatorRequest payment, SettleResponse outcome) {
		return PENDING.equals(outcome.errorReason()) && PaymentIdentifier.of(payment.paymentPayload()).isEmpty();
	}

	private static HttpStatus status(SettleResponse outcome) {
		boolean open = outcome.errorReason() != null && TRY_AGAIN.contains(outcome.errorReason());
		return open ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.BAD_REQUEST;
	}

}

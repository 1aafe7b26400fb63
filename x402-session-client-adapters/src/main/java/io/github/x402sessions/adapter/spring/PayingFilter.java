package io.github.x402sessions.adapter.spring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.Payments;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Pays for the calls of a {@code WebClient}. The body of a request has to be one that can
 * be written twice, as a value is and a stream of data that is gone once read is not. The
 * connector underneath must not follow redirects, because the session's id would travel
 * along. Thread-safe.
 *
 * <pre class="code">
 * WebClient.builder().filter(new PayingFilter(session.payments()))
 * </pre>
 */
public final class PayingFilter implements ExchangeFilterFunction {

	private static final int PAYMENT_REQUIRED = 402;

	private final Payments payments;

	/**
	 * Create a filter.
	 * @param payments the payments of a session
	 */
	public PayingFilter(Payments payments) {
		this.payments = payments;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			Optional<PaidCall> call = this.payments.call(request.method().name(), request.url(),
					(name) -> request.headers().getOrEmpty(name));
			return call.isEmpty() ? next.exchange(request) : pay(call.get(), request, next);
		});
	}

	private static Mono<ClientResponse> pay(PaidCall call, ClientRequest request, ExchangeFunction next) {
		ClientRequest first = call.prepayment().map((payment) -> paid(request, payment)).orElse(request);
		return next.exchange(first)
			.flatMap((response) -> answer(call, request, response, next))
			.doOnNext((response) -> call.answered(response.statusCode().value(),
					response.headers().header(PaymentHeader.RESPONSE)))
			.doOnError(call::failed)
			.doOnCancel(() -> call.failed(new CancellationException()));
	}

	private static Mono<ClientResponse> answer(PaidCall call, ClientRequest request, ClientResponse response,
			ExchangeFunction next) {
		if (response.statusCode().value() != PAYMENT_REQUIRED) {
			return Mono.just(response);
		}
		List<String> challenges = response.headers().header(PaymentHeader.REQUIRED);
		return call.answer(challenges)
			.map((payment) -> response.releaseBody().then(next.exchange(paid(request, payment))))
			.orElseGet(() -> Mono.just(response));
	}

	private static ClientRequest paid(ClientRequest request, String payment) {
		return ClientRequest.from(request).headers((headers) -> headers.set(PaymentHeader.SIGNATURE, payment)).build();
	}

}

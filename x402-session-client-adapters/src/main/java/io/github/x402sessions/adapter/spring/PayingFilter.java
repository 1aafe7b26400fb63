package io.github.x402sessions.adapter.spring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.ExchangeFunctions;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * Pays for the calls of a {@code WebClient}. The body of a request has to be one that can
 * be written twice, as a value is and a stream of data that is gone once read is not. A
 * filter cannot see whether the connector underneath follows redirects, along which the
 * session's id would travel. So requests that carry a payment do not go there: they are
 * sent by a connector of this filter's own, which follows none. Filters that come after
 * this one see the request without a payment only: add it as the last. A body is hashed
 * as it is written, so a payment that is made before that does not say what it is for.
 * Thread-safe.
 *
 * <pre class="code">
 * WebClient.builder().filter(new PayingFilter(session.payments()))
 * </pre>
 */
public final class PayingFilter implements ExchangeFilterFunction {

	private static final int PAYMENT_REQUIRED = 402;

	private final Payments payments;

	private final ClientHttpConnector paidRequests;

	/** How the client writes and reads bodies, known by any answer that it got. */
	private volatile ExchangeStrategies strategies = ExchangeStrategies.withDefaults();

	/**
	 * Create a filter that sends paid requests by the JDK's HTTP client.
	 * @param payments the payments of a session
	 */
	public PayingFilter(Payments payments) {
		this(payments, new JdkClientHttpConnector(payments.httpClient()));
	}

	/**
	 * Create a filter that sends paid requests in a way of the caller's own.
	 * @param payments the payments of a session
	 * @param paidRequests sends the requests that carry a payment; it has to follow no
	 * redirects and to repeat no request by itself
	 */
	public PayingFilter(Payments payments, ClientHttpConnector paidRequests) {
		this.payments = payments;
		this.paidRequests = paidRequests;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			HashedBody body = new HashedBody(request, this.strategies);
			Optional<PaidCall> call = this.payments.call(request.method().name(), request.url(),
					(name) -> request.headers().getOrEmpty(name), body::hash);
			return call.isEmpty() ? next.exchange(request) : pay(call.get(), body.hashed(), next);
		});
	}

	private Mono<ClientResponse> pay(PaidCall call, ClientRequest request, ExchangeFunction next) {
		Optional<String> prepayment = call.prepayment();
		return (prepayment.isPresent() ? send(request, prepayment.get()) : next.exchange(request))
			.flatMap((response) -> answer(call, request, response))
			.doOnNext((response) -> call.answered(response.statusCode().value(),
					response.headers().header(PaymentHeader.RESPONSE),
					response.headers().header(PaymentHeader.REQUIRED)))
			.doOnError(call::failed)
			.doOnCancel(() -> call.failed(new CancellationException()));
	}

	private Mono<ClientResponse> answer(PaidCall call, ClientRequest request, ClientResponse response) {
		if (response.statusCode().value() != PAYMENT_REQUIRED) {
			return Mono.just(response);
		}
		this.strategies = response.strategies();
		List<String> challenges = response.headers().header(PaymentHeader.REQUIRED);
		return Mono.fromCompletionStage(call.answerLater(challenges, response.headers().header(HttpHeaders.DATE)))
			.flatMap((answer) -> answer.isPresent() ? response.releaseBody()
				.then(send(request, answer.get()))
				.flatMap((next) -> answer(call, request, next)) : Mono.just(response));
	}

	private Mono<ClientResponse> send(ClientRequest request, String payment) {
		return Mono
			.defer(() -> ExchangeFunctions.create(this.paidRequests, this.strategies).exchange(paid(request, payment)));
	}

	private static ClientRequest paid(ClientRequest request, String payment) {
		return ClientRequest.from(request).headers((headers) -> headers.set(PaymentHeader.SIGNATURE, payment)).build();
	}

}

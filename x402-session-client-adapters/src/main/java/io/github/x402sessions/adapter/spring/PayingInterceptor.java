package io.github.x402sessions.adapter.spring;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.scheme.session.BodyHash;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.StreamUtils;

/**
 * Pays for the calls of a {@code RestClient} or a {@code RestTemplate}. An interceptor
 * cannot see whether the client underneath follows redirects, along which the session's
 * id would travel. So requests that carry a payment do not go there: they are sent by a
 * request factory of this interceptor's own, which follows none. Interceptors that come
 * after this one see the request without a payment only: add it as the last. Thread-safe.
 *
 * <pre class="code">
 * RestClient.builder().requestInterceptor(new PayingInterceptor(session.payments()))
 * </pre>
 */
public final class PayingInterceptor implements ClientHttpRequestInterceptor {

	private static final int PAYMENT_REQUIRED = 402;

	private final Payments payments;

	private final ClientHttpRequestFactory paidRequests;

	/**
	 * Create an interceptor that sends paid requests by the JDK's HTTP client.
	 * @param payments the payments of a session
	 */
	public PayingInterceptor(Payments payments) {
		this(payments, new JdkClientHttpRequestFactory(payments.httpClient()));
	}

	/**
	 * Create an interceptor that sends paid requests in a way of the caller's own, such
	 * as one with time limits or a trust store.
	 * @param payments the payments of a session
	 * @param paidRequests makes the requests that carry a payment; it has to follow no
	 * redirects and to repeat no request by itself
	 */
	public PayingInterceptor(Payments payments, ClientHttpRequestFactory paidRequests) {
		this.payments = payments;
		this.paidRequests = paidRequests;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		Optional<PaidCall> call = this.payments.call(request.getMethod().name(), request.getURI(),
				(name) -> request.getHeaders().getOrEmpty(name), () -> BodyHash.of(body));
		return call.isEmpty() ? execution.execute(request, body) : pay(call.get(), request, body, execution);
	}

	private ClientHttpResponse pay(PaidCall call, HttpRequest request, byte[] body,
			ClientHttpRequestExecution execution) throws IOException {
		try {
			Optional<String> prepayment = call.prepayment();
			ClientHttpResponse response = prepayment.isPresent() ? send(request, body, prepayment.get())
					: execution.execute(request, body);
			Optional<String> payment = answer(call, response);
			while (payment.isPresent()) {
				response.close();
				response = send(request, body, payment.get());
				payment = answer(call, response);
			}
			call.answered(response.getStatusCode().value(), values(response, PaymentHeader.RESPONSE),
					values(response, PaymentHeader.REQUIRED));
			return response;
		}
		catch (IOException | RuntimeException ex) {
			call.failed(ex);
			throw ex;
		}
	}

	private static Optional<String> answer(PaidCall call, ClientHttpResponse response) throws IOException {
		return (response.getStatusCode().value() == PAYMENT_REQUIRED)
				? call.answer(values(response, PaymentHeader.REQUIRED), values(response, HttpHeaders.DATE))
				: Optional.empty();
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body, String payment) throws IOException {
		ClientHttpRequest paid = this.paidRequests.createRequest(request.getURI(), request.getMethod());
		paid.getHeaders().putAll(request.getHeaders());
		paid.getHeaders().set(PaymentHeader.SIGNATURE, payment);
		request.getAttributes().forEach(paid.getAttributes()::put);
		if (body.length > 0) {
			StreamUtils.copy(body, paid.getBody());
		}
		return paid.execute();
	}

	private static List<String> values(ClientHttpResponse response, String header) {
		return response.getHeaders().getOrEmpty(header);
	}

}

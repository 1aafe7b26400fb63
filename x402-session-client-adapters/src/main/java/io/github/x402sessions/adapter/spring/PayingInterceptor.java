package io.github.x402sessions.adapter.spring;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.Payments;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Pays for the calls of a {@code RestClient} or a {@code RestTemplate}. The request
 * factory underneath must not follow redirects: an interceptor cannot see them, and the
 * session's id would travel along. Thread-safe.
 *
 * <pre class="code">
 * RestClient.builder().requestInterceptor(new PayingInterceptor(session.payments()))
 * </pre>
 */
public final class PayingInterceptor implements ClientHttpRequestInterceptor {

	private static final int PAYMENT_REQUIRED = 402;

	private final Payments payments;

	/**
	 * Create an interceptor.
	 * @param payments the payments of a session
	 */
	public PayingInterceptor(Payments payments) {
		this.payments = payments;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		Optional<PaidCall> call = this.payments.call(request.getMethod().name(), request.getURI(),
				(name) -> request.getHeaders().getOrEmpty(name));
		return call.isEmpty() ? execution.execute(request, body) : pay(call.get(), request, body, execution);
	}

	private static ClientHttpResponse pay(PaidCall call, HttpRequest request, byte[] body,
			ClientHttpRequestExecution execution) throws IOException {
		try {
			call.prepayment().ifPresent((payment) -> request.getHeaders().set(PaymentHeader.SIGNATURE, payment));
			ClientHttpResponse response = execution.execute(request, body);
			if (response.getStatusCode().value() == PAYMENT_REQUIRED) {
				Optional<String> payment = call.answer(values(response, PaymentHeader.REQUIRED));
				if (payment.isPresent()) {
					response.close();
					request.getHeaders().set(PaymentHeader.SIGNATURE, payment.get());
					response = execution.execute(request, body);
				}
			}
			call.answered(response.getStatusCode().value(), values(response, PaymentHeader.RESPONSE));
			return response;
		}
		catch (IOException | RuntimeException ex) {
			call.failed(ex);
			throw ex;
		}
	}

	private static List<String> values(ClientHttpResponse response, String header) {
		return response.getHeaders().getOrEmpty(header);
	}

}

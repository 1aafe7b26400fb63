package io.github.x402sessions.adapter.feign;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.scheme.session.BodyHash;

/**
 * Pays for the calls of a Feign client. Clients may follow redirects, along which the
 * session's id would travel, and make a request again when a connection breaks, which
 * would be another payment. So requests that carry a payment do not go there: they are
 * sent by a client that does neither. What a {@code Retryer} calls anew is the same call,
 * with one payment identifier, and so is what carries the same {@code Idempotency-Key}
 * header. Thread-safe.
 *
 * <pre class="code">
 * Feign.builder().client(new PayingFeignClient(new Http2Client(), session.payments()))
 * </pre>
 */
public final class PayingFeignClient implements Client {

	private static final int PAYMENT_REQUIRED = 402;

	private final Client client;

	private final Payments payments;

	private final Client paidRequests;

	/** Feign makes one template for each call, which all its tries share. */
	private final Map<RequestTemplate, String> calls = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Create a client that sends paid requests by the JDK's HTTP client.
	 * @param client sends the requests that carry no payment
	 * @param payments the payments of a session
	 */
	public PayingFeignClient(Client client, Payments payments) {
		this(client, payments, new PaidRequests(payments.httpClient()));
	}

	/**
	 * Create a client that sends paid requests in a way of the caller's own, such as one
	 * with a trust store.
	 * @param client sends the requests that carry no payment
	 * @param payments the payments of a session
	 * @param paidRequests sends the requests that carry a payment; it has to heed the
	 * options' redirect setting and to repeat no request by itself
	 */
	public PayingFeignClient(Client client, Payments payments, Client paidRequests) {
		this.client = client;
		this.payments = payments;
		this.paidRequests = paidRequests;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		Optional<PaidCall> call = this.payments.call(request.httpMethod().name(), URI.create(request.url()),
				(name) -> name.equals(Payments.IDEMPOTENCY_KEY) ? key(request) : values(request.headers(), name),
				() -> bodyHash(request));
		return call.isEmpty() ? this.client.execute(request, options)
				: pay(call.get(), request, withoutRedirects(options));
	}

	/** The caller's name of the request, or else one that all tries of a call share. */
	private List<String> key(Request request) {
		List<String> named = values(request.headers(), Payments.IDEMPOTENCY_KEY);
		RequestTemplate template = request.requestTemplate();
		return (named.isEmpty() && template != null)
				? List.of(this.calls.computeIfAbsent(template, (unused) -> UUID.randomUUID().toString())) : named;
	}

	private Response pay(PaidCall call, Request request, Request.Options options) throws IOException {
		try {
			Optional<String> prepayment = call.prepayment();
			Response response = prepayment.isPresent()
					? this.paidRequests.execute(paid(request, prepayment.get()), options)
					: this.client.execute(request, options);
			Optional<String> payment = answer(call, response);
			while (payment.isPresent()) {
				response.close();
				response = this.paidRequests.execute(paid(request, payment.get()), options);
				payment = answer(call, response);
			}
			call.answered(response.status(), values(response.headers(), PaymentHeader.RESPONSE),
					values(response.headers(), PaymentHeader.REQUIRED));
			// Feign logs and reports the request of a response: without the session's id.
			return response.toBuilder().request(request).build();
		}
		catch (IOException | RuntimeException ex) {
			call.failed(ex);
			throw ex;
		}
	}

	private static Optional<String> answer(PaidCall call, Response response) {
		return (response.status() == PAYMENT_REQUIRED)
				? call.answer(values(response.headers(), PaymentHeader.REQUIRED), values(response.headers(), "Date"))
				: Optional.empty();
	}

	/** What has an encoding may be packed by the client that sends it. */
	private static String bodyHash(Request request) {
		if (!values(request.headers(), "Content-Encoding").isEmpty()) {
			return BodyHash.UNKNOWN;
		}
		return (request.body() != null) ? BodyHash.of(request.body()) : BodyHash.EMPTY;
	}

	private static Request.Options withoutRedirects(Request.Options options) {
		return new Request.Options(options.connectTimeoutMillis(), TimeUnit.MILLISECONDS, options.readTimeoutMillis(),
				TimeUnit.MILLISECONDS, false);
	}

	private static Request paid(Request request, String payment) {
		Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
		headers.put(PaymentHeader.SIGNATURE, List.of(payment));
		return Request.create(request.httpMethod(), request.url(), headers, request.body(), request.charset(),
				request.requestTemplate());
	}

	private static List<String> values(Map<String, Collection<String>> headers, String name) {
		List<String> values = new ArrayList<>();
		headers.forEach((key, found) -> {
			if (key.equalsIgnoreCase(name)) {
				values.addAll(found);
			}
		});
		return values;
	}

}

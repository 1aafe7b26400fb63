package io.github.x402sessions.spring.client;

import io.github.x402sessions.client.Payments;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Makes what sends the requests that carry a payment.
 */
interface PaidRequestFactory {

	/** Return a factory that follows no redirects and repeats no payment. */
	ClientHttpRequestFactory of(Payments payments);

}

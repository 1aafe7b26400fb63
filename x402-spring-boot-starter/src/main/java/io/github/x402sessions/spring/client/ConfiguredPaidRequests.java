package io.github.x402sessions.spring.client;

import java.net.http.HttpClient;

import io.github.x402sessions.client.Payments;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkHttpClientBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Sends what carries a payment with the time limits and the SSL bundle of the
 * application's other HTTP clients, but for redirects.
 *
 * @param settings those of {@code spring.http.clients}
 */
record ConfiguredPaidRequests(HttpClientSettings settings) implements PaidRequestFactory {

	@Override
	public ClientHttpRequestFactory of(Payments payments) {
		HttpClientSettings connecting = this.settings.withRedirects(HttpRedirects.DONT_FOLLOW).withReadTimeout(null);
		HttpClient plain = new JdkHttpClientBuilder().build(connecting);
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(payments.httpClient(plain));
		if (this.settings.readTimeout() != null) {
			requests.setReadTimeout(this.settings.readTimeout());
		}
		return requests;
	}

}

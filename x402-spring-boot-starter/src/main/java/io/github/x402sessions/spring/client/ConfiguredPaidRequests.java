package io.github.x402sessions.spring.client;

import java.net.http.HttpClient;
import java.time.Duration;

import io.github.x402sessions.client.Payments;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkHttpClientBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Sends what carries a payment with the time limits and the SSL bundle of the
 * application's other HTTP clients, but for redirects. Where those have no limit for
 * connecting, the session's holds.
 *
 * @param settings those of {@code spring.http.clients}
 */
record ConfiguredPaidRequests(HttpClientSettings settings) implements PaidRequestFactory {

	@Override
	public ClientHttpRequestFactory of(Payments payments) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client(payments));
		if (this.settings.readTimeout() != null) {
			requests.setReadTimeout(this.settings.readTimeout());
		}
		return requests;
	}

	/** Read timeouts are those of requests; connecting is limited in any case. */
	HttpClient client(Payments payments) {
		Duration limit = this.settings.connectTimeout();
		HttpClientSettings connecting = this.settings.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withReadTimeout(null)
			.withConnectTimeout((limit != null) ? limit : payments.connectTimeout());
		return payments.httpClient(new JdkHttpClientBuilder().build(connecting));
	}

}

package io.github.x402sessions.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.client.discovery.DiscoveryClient;
import io.github.x402sessions.client.discovery.DiscoveryQuery;
import io.github.x402sessions.client.discovery.FoundResource;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what somebody has paid for is found by others in the facilitator's
 * catalogue, and can be paid for as it was found.
 */
class DiscoveryTests {

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private final PaidEnvironment environment = PaidEnvironment.shared();

	private final DiscoveryClient catalogue = DiscoveryClient.of(this.environment.facilitatorUrl());

	@Test
	void whatWasPaidIsFoundAndPaidForAgain() throws Exception {
		Session session = this.environment.client(this.environment.account()).maxPerCall("0.05").open();
		pay(session, this.environment.uri("/weather/bergen?days=1"));
		DiscoveryQuery query = DiscoveryQuery.of("forecast of the weather")
			.withType("http")
			.withNetwork("stellar:testnet")
			.withSchemes("session")
			.withPayTo(this.environment.merchant)
			.withMaxPrice("0.03", USDC);
		Eventually.isTrue(() -> this.catalogue.search(query).hasNext());
		List<FoundResource> found = this.catalogue.search(query).toList();
		assertThat(found).singleElement().satisfies((weather) -> {
			assertThat(weather.listing().resource()).isEqualTo(this.environment.uri("/weather/:city").toString());
			assertThat(weather.listing().description()).isEqualTo("A forecast of the weather");
			assertThat(weather.terms().get(0).amount()).isEqualTo("300000");
		});
		URI url = found.get(0).call().url(Map.of("city", "Oslo", "days", "2"));
		assertThat(url).isEqualTo(this.environment.uri("/weather/Oslo?days=2"));
		assertThat(pay(session, url)).startsWith("/weather/Oslo");
		assertThat(this.catalogue.search(query.withMaxPrice("0.0299999", USDC)).toList()).isEmpty();
		assertThat(this.catalogue.search(query.withSchemes("exact")).toList()).isEmpty();
		assertThat(this.catalogue.search(query.withType("mcp")).toList()).isEmpty();
		assertThat(this.catalogue.search(DiscoveryQuery.everything()).toList()).hasSize(1);
		session.close();
	}

	private static String pay(Session session, URI url) throws Exception {
		HttpResponse<String> answer = session.httpClient()
			.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(PaymentReceipt.from(answer)).isPresent();
		assertThat(answer.headers().map().keySet()).noneMatch("extension-responses"::equalsIgnoreCase);
		return answer.body();
	}

}

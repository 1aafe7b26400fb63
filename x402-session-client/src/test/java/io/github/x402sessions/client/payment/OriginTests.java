package io.github.x402sessions.client.payment;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginTests {

	@ParameterizedTest
	@CsvSource({ "https://shop.example, https://SHOP.example:443/tea", "http://shop.example:80, http://shop.example",
			"http://127.0.0.1:3000, http://localhost:3000", "http://localhost:3000, http://[::1]:3000",
			"https://[::1], https://127.0.0.1:443", "https://shop.example, http://shop.example/tea",
			"https://shop.example:443, http://shop.example:80", "mcp://shop, mcp://SHOP/x",
			"mcp://shop, mcp://tool/quote", "mcp://my_shop, mcp://tool/quote" })
	void takesForItself(URI called, URI named) {
		assertThat(Origin.of(called).isNamed(Origin.of(named))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1:3000, http://localhost:3001", "http://127.0.0.1:3000, https://localhost:3000",
			"http://127.0.0.2:3000, http://localhost:3000", "http://shop.example, http://localhost",
			"http://localhost, http://shop.example", "https://localhost, http://127.0.0.1",
			"http://shop.example, https://shop.example", "https://shop.example, http://other.example",
			"https://shop.example, http://shop.example:8080", "https://shop.example:8443, http://shop.example",
			"https://shop.example:80, http://shop.example", "mcp://shop, mcp://other", "mcp://tool, mcp://shop",
			"https://shop.example, mcp://tool/quote", "mcp://shop, https://shop",
			"https://shop.example, http://shop.example:443" })
	void doesNotTakeForItself(URI called, URI named) {
		assertThat(Origin.of(called).isNamed(Origin.of(named))).isFalse();
	}

}

package io.github.x402sessions.core.offer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.x402sessions.fixtures.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpDidKeysTests {

	private final AtomicReference<HttpHandler> handler = new AtomicReference<>(this::publish);

	private final AtomicInteger requests = new AtomicInteger();

	private final LocalServer server = new LocalServer((exchange) -> {
		this.requests.incrementAndGet();
		this.handler.get().handle(exchange);
	});

	private final CountDownLatch over = new CountDownLatch(1);

	private final URI url = this.server.uri("/quote");

	private final DidWeb did = DidWeb.of(this.server.uri("/"));

	private final OfferKey key = OfferKey.random();

	private final String id = DidDocument.id(this.did, this.key.publicKey());

	private final HttpDidKeys keys = new HttpDidKeys();

	@AfterEach
	void close() {
		this.over.countDown();
		this.server.close();
	}

	@Test
	void aDocumentIsFetchedOnce() {
		assertThatExceptionOfType(DidUnavailableException.class)
			.isThrownBy(() -> this.keys.remembered().find(this.did, this.id, this.url));
		assertThat(this.keys.find(this.did, this.id, this.url)).contains(this.key.publicKey());
		assertThat(this.keys.find(this.did, this.did + "#other", this.url)).isEmpty();
		assertThat(this.keys.remembered().find(this.did, this.id, this.url)).contains(this.key.publicKey());
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void aHugeDocumentIsNone() {
		this.handler.set((exchange) -> LocalServer.answer(exchange, 200, " ".repeat(65 * 1024) + document()));
		assertUnavailable();
	}

	@Test
	void aSlowDocumentIsNone() {
		this.handler.set((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			try {
				this.over.await();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
		});
		assertUnavailable();
	}

	@Test
	void aRedirectIsNotFollowed() {
		this.handler.set((exchange) -> {
			if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
				publish(exchange);
				return;
			}
			exchange.getResponseHeaders().set("Location", "/elsewhere");
			LocalServer.answer(exchange, 302, "");
		});
		assertUnavailable();
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"id\":\"did:web:other.example\"}", "{\"id\":7}", "<html>" })
	void whatIsNoDocumentOfTheHostIsNone(String text) {
		this.handler.set((exchange) -> LocalServer.answer(exchange, 200, text));
		assertUnavailable();
	}

	@Test
	void keysThatAreNoneAreSkipped() {
		this.handler.set((exchange) -> LocalServer.answer(exchange, 200,
				"{\"id\":\"" + this.did + "\",\"verificationMethod\":[null,7,{\"id\":\"#a\"},"
						+ "{\"id\":\"#b\",\"publicKeyJwk\":{\"kty\":\"EC\",\"crv\":\"P-256\"}},"
						+ "{\"id\":\"#c\",\"publicKeyMultibase\":\"z0000\"},"
						+ "{\"id\":\"#d\",\"publicKeyMultibase\":\"z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\"},"
						+ "{\"id\":\"#e\",\"publicKeyJwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}}]}"));
		assertThat(List.of("#a", "#b", "#c", "#e"))
			.allSatisfy((name) -> assertThat(this.keys.find(this.did, this.did + name, this.url)).isEmpty());
		assertThat(this.keys.find(this.did, this.did + "#d", this.url).map(Ed25519PublicKey::toString))
			.isEqualTo(Optional.of("Lm_M42cB3HkUiODQsXRcweM6TByfzEHGO9ND274JcOY"));
	}

	private void assertUnavailable() {
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(DidUnavailableException.class)
				.isThrownBy(() -> this.keys.find(this.did, this.id, this.url));
		}
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "did:web:shop.example, https://shop.example/a, https://shop.example/.well-known/did.json",
			"did:web:shop.example, http://shop.example/a, https://shop.example/.well-known/did.json",
			"did:web:localhost%3A8080, http://localhost:8080/a, http://localhost:8080/.well-known/did.json",
			"did:web:localhost%3A8080, https://localhost:8080/a, https://localhost:8080/.well-known/did.json",
			"did:web:shop.example:a:b, https://shop.example/a/b/c, https://shop.example/a/b/did.json" })
	void aDocumentIsFetchedOverTlsButOfThisMachine(String name, URI service, URI document) {
		assertThat(DidWeb.parse(name).document(service)).isEqualTo(document);
		assertThat(DidWeb.parse(name)).hasToString(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "did:key:z6Mk", "did:web:", "did:web:a/b", "did:web:a%2Fb", "did:web:a@b", "did:web:a:..",
			"did:web:a%3A0", "did:web:a%3A99999", "did:web:[::1]", "did:web:a#k", "did:web:a?b" })
	void whatIsNoNameIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> DidWeb.parse(text));
	}

	private void publish(HttpExchange exchange) throws IOException {
		LocalServer.answer(exchange, 200, document());
	}

	private String document() {
		return new String(DidDocument.write(this.did, List.of(this.key.publicKey())), StandardCharsets.UTF_8);
	}

}

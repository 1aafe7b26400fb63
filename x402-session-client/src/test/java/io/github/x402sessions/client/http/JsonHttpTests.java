package io.github.x402sessions.client.http;

import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link JsonHttp}.
 */
class JsonHttpTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance().build();

	private final JsonHttp http = new JsonHttp(Duration.ofSeconds(2), Duration.ofSeconds(20));

	@Test
	void answersComeBackWhateverTheirStatus() throws Exception {
		server.stubFor(WireMock.post("/x").willReturn(aResponse().withStatus(418).withBody("{\"a\":1}")));
		JsonResponse answer = this.http.post(uri(), Map.of("b", 2));
		assertThat(answer.status()).isEqualTo(418);
		assertThat(answer.as(Answer.class)).isEqualTo(new Answer(1));
		server.verify(WireMock.postRequestedFor(WireMock.urlEqualTo("/x"))
			.withRequestBody(WireMock.equalToJson("{\"b\":2}"))
			.withHeader("Content-Type", WireMock.equalTo("application/json")));
	}

	@Test
	void redirectsAreNotFollowed() throws Exception {
		server.stubFor(WireMock.get("/x").willReturn(WireMock.temporaryRedirect("/y")));
		assertThat(this.http.get(uri()).status()).isEqualTo(302);
	}

	@Test
	void longAnswersAreGivenUp() {
		server.stubFor(WireMock.get("/x").willReturn(ok("x".repeat(1024 * 1024 + 1))));
		assertThatIOException().isThrownBy(() -> this.http.get(uri())).withMessageContaining("larger than 1048576");
	}

	@Test
	void deadlineCoversTheBodyToo() {
		JsonHttp impatient = new JsonHttp(Duration.ofSeconds(2), Duration.ofMillis(500));
		server.stubFor(WireMock.get("/x").willReturn(ok("slow answer").withChunkedDribbleDelay(5, 5_000)));
		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> impatient.get(uri()));
	}

	@Test
	void interruptionIsKept() {
		server.stubFor(WireMock.get("/x").willReturn(ok()));
		Thread.currentThread().interrupt();
		assertThatIOException().isThrownBy(() -> this.http.get(uri()));
		assertThat(Thread.interrupted()).isTrue();
	}

	private static URI uri() {
		return URI.create(server.baseUrl() + "/x");
	}

	private record Answer(int a) {
	}

}

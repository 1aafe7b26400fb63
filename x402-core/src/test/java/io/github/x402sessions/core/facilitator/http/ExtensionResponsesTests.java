package io.github.x402sessions.core.facilitator.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.Samples;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

class ExtensionResponsesTests {

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private final List<ExtensionResponse> heard = new CopyOnWriteArrayList<>();

	private Facilitator facilitator;

	@BeforeEach
	void connect() {
		this.facilitator = FacilitatorOptions.of(URI.create(server.baseUrl())).connect(this.heard::add);
	}

	@Test
	void whatAFacilitatorSaysOfExtensionsIsHeard() {
		answer(base64("""
				{"bazaar":{"status":"rejected","rejectedReason":"no\\nschema","secret":"x"},
				"other":{"status":"PROCESSING"},"done":{"status":"success"}}"""));
		this.facilitator.verify(Samples.REQUEST);
		assertThat(this.heard).containsExactly(
				new ExtensionResponse("bazaar", ExtensionResponse.Status.REJECTED, "no?schema"),
				new ExtensionResponse("other", ExtensionResponse.Status.PROCESSING, null),
				new ExtensionResponse("done", ExtensionResponse.Status.SUCCESS, null));
		assertThat(this.facilitator.settle(Samples.REQUEST).others()).isEmpty();
		assertThat(this.heard).hasSize(6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no base64 !", "[]", "7",
			"{\"a\":7,\"b\":{},\"c\":{\"status\":7},\"d\":{\"status\":\"?\"}}", "{\"a\":{\"status\":\"success\"}" })
	void whatIsOddFailsNoCall(String json) {
		answer(json.contains("!") ? json : base64(json));
		assertThat(this.facilitator.verify(Samples.REQUEST).isValid()).isTrue();
		assertThat(this.facilitator.settle(Samples.REQUEST).success()).isTrue();
		assertThat(this.heard).isEmpty();
	}

	@Test
	void whatIsWrittenIsRead() {
		List<ExtensionResponse> said = List.of(
				new ExtensionResponse("bazaar", ExtensionResponse.Status.REJECTED, "odd"),
				new ExtensionResponse("other", ExtensionResponse.Status.PROCESSING, null));
		assertThat(ExtensionResponses.read(ExtensionResponses.write(said))).isEqualTo(said);
		assertThat(ExtensionResponses
			.write(List.of(new ExtensionResponse("bazaar", ExtensionResponse.Status.SUCCESS, null))))
			.isEqualTo("eyJiYXphYXIiOnsic3RhdHVzIjoic3VjY2VzcyJ9fQ==");
	}

	@Test
	void whatIsTooLongIsNotRead() {
		assertThat(ExtensionResponses
			.read(base64("{\"a\":{\"status\":\"success\"},\"b\":\"" + "x".repeat(8 * 1024) + "\"}"))).isEmpty();
		StringBuilder many = new StringBuilder("{\"last\":{\"status\":\"success\"}");
		for (int i = 0; i < 100; i++) {
			many.append(",\"").append(i).append("\":{\"status\":\"success\"}");
		}
		assertThat(ExtensionResponses.read(base64(many + "}"))).hasSize(16);
	}

	@Test
	void aListenerThatFailsFailsNoCallAndKeepsNobodyFromHearing() {
		answer(base64("{\"bazaar\":{\"status\":\"success\"}}"));
		List<ExtensionListener> listeners = List.of((response) -> {
			throw new IllegalStateException("no");
		}, (response) -> {
			throw new StackOverflowError("bug");
		}, this.heard::add);
		for (ExtensionListener listener : listeners) {
			Facilitator alone = FacilitatorOptions.of(URI.create(server.baseUrl())).connect(listener);
			assertThat(alone.verify(Samples.REQUEST).isValid()).isTrue();
			assertThat(alone.settle(Samples.REQUEST).success()).isTrue();
		}
		FacilitatorOptions.of(URI.create(server.baseUrl()))
			.connect(new ExtensionListeners(listeners::stream))
			.settle(Samples.REQUEST);
		assertThat(this.heard).hasSize(3);
	}

	private static void answer(String header) {
		server.stubFor(post(urlEqualTo("/verify"))
			.willReturn(okJson("{\"isValid\":true}").withHeader("Extension-Responses", header)));
		server.stubFor(post(urlEqualTo("/settle"))
			.willReturn(okJson("{\"success\":true,\"transaction\":\"ab\",\"network\":\"n\"}")
				.withHeader("Extension-Responses", header)));
	}

	private static String base64(String json) {
		return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}

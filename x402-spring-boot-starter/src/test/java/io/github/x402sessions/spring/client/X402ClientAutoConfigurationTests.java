package io.github.x402sessions.spring.client;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.x402sessions.adapter.spring.PayingInterceptor;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.signing.SessionKeyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class X402ClientAutoConfigurationTests {

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final String USDC = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";

	private static final String SAVED = """
			{"facilitator":"http://localhost:1","network":"stellar:testnet",
			"user":"GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG","asset":"%s","assetDecimals":7,
			"recipient":"%s","spender":"GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG","cap":"10000000",
			"expirationLedger":1000,"approvalTransaction":"%s","expiresAt":4102444800,"secretSessionId":"very-secret-id"}
			"""
		.formatted(USDC, MERCHANT, "ab".repeat(32));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(X402ClientAutoConfiguration.class));

	private final WireMockServer shop = new WireMockServer(wireMockConfig().dynamicPort());

	@TempDir
	private Path folder;

	private Path saved;

	@BeforeEach
	void start() throws Exception {
		this.saved = Files.writeString(this.folder.resolve("session.json"), SAVED);
		this.shop.start();
		this.shop.stubFor(get("/goods").withHeader("PAYMENT-SIGNATURE", absent())
			.willReturn(status(402).withHeader("PAYMENT-REQUIRED", terms())));
		this.shop.stubFor(get("/goods").withHeader("PAYMENT-SIGNATURE", matching(".+")).willReturn(ok("goods")));
	}

	private String terms() {
		return terms(this.shop.baseUrl());
	}

	private static String terms(String origin) {
		return Base64.getEncoder()
			.encodeToString("""
					{"x402Version":2,"resource":{"url":"%s/goods"},"accepts":[{"scheme":"session",
					"network":"stellar:testnet","amount":"1000000","asset":"%s","payTo":"%s","maxTimeoutSeconds":300,
					"extra":{"spender":"GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG"}}]}"""
				.formatted(origin, USDC, MERCHANT)
				.getBytes(StandardCharsets.UTF_8));
	}

	@AfterEach
	void stop() {
		this.shop.stop();
	}

	@Test
	void callsArePaidFromTheSavedSession() {
		this.runner
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.run((context) -> {
				RestClient client = RestClient.builder()
					.requestFactory(new JdkClientHttpRequestFactory())
					.requestInterceptor(context.getBean(PayingInterceptor.class))
					.build();
				assertThat(client.get().uri(this.shop.baseUrl() + "/goods").retrieve().body(String.class))
					.isEqualTo("goods");
				assertThat(context.getBean(Session.class)).hasToString(context.getBean(Session.class).toString())
					.asString()
					.doesNotContain("very-secret-id");
			});
	}

	@Test
	void aKeySignsForTheOriginThatTheConfigurationNames() throws Exception {
		String key = SessionKeyPair.random().toSecret();
		Files.writeString(this.saved, SAVED.replaceFirst("\\{", "{\"secretSessionKey\":\"" + key + "\","));
		this.shop.stubFor(get("/goods").withHeader("PAYMENT-SIGNATURE", absent())
			.willReturn(status(402).withHeader("PAYMENT-REQUIRED", terms("https://shop.example"))));
		ApplicationContextRunner configured = this.runner.withPropertyValues("x402.client.session=file:" + this.saved,
				"x402.client.allowed-origins=" + this.shop.baseUrl());
		configured.run((context) -> assertThat(bought(context)).isEqualTo(402));
		configured
			.withPropertyValues("x402.client.public-origins[0].called=" + this.shop.baseUrl(),
					"x402.client.public-origins[0].named=https://shop.example")
			.run((context) -> assertThat(bought(context)).isEqualTo(200));
	}

	private int bought(ApplicationContext context) {
		return RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.requestInterceptor(context.getBean(PayingInterceptor.class))
			.defaultStatusHandler((code) -> true, (request, response) -> {
			})
			.build()
			.get()
			.uri(this.shop.baseUrl() + "/goods")
			.retrieve()
			.toBodilessEntity()
			.getStatusCode()
			.value();
	}

	@Test
	void theSessionOutlivesTheApplication() throws Exception {
		Files.writeString(this.saved, SAVED.replace("http://localhost:1", this.shop.baseUrl()));
		this.runner
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.run((context) -> assertThat(context).hasSingleBean(Session.class));
		assertThat(this.shop.getAllServeEvents()).as("nobody is told that it is over").isEmpty();
	}

	@Test
	void paidRequestsHaveTheTimeLimitsOfOtherRequests() {
		this.shop.stubFor(get("/goods").withHeader("PAYMENT-SIGNATURE", matching(".+"))
			.willReturn(ok("goods").withFixedDelay(60_000)));
		this.runner.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class))
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl(), "spring.http.clients.read-timeout=300ms")
			.run((context) -> {
				RestClient client = RestClient.builder()
					.requestFactory(new JdkClientHttpRequestFactory())
					.requestInterceptor(context.getBean(PayingInterceptor.class))
					.build();
				assertThatExceptionOfType(ResourceAccessException.class)
					.isThrownBy(() -> client.get().uri(this.shop.baseUrl() + "/goods").retrieve().toBodilessEntity());
			});
		this.runner.withClassLoader(new FilteredClassLoader(HttpClientSettings.class))
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.run((context) -> assertThat(context).hasSingleBean(PayingInterceptor.class));
	}

	@ParameterizedTest
	@CsvSource({ "spring.http.clients.read-timeout=9s, PT5S", "spring.http.clients.connect-timeout=3s, PT3S" })
	void connectingTakesAsLongAsForOtherRequestsOrAsTheSessionSays(String property, Duration limit) {
		this.runner.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class))
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.withPropertyValues(property)
			.run((context) -> assertThat(context.getBean(ConfiguredPaidRequests.class)
				.client(context.getBean(Session.class).payments())
				.connectTimeout()).hasValue(limit));
	}

	@Test
	void paymentStaysWhereItBelongsThoughTheClientFollowsRedirects() {
		WireMockServer thief = new WireMockServer(wireMockConfig().dynamicPort());
		thief.start();
		thief.stubFor(any(anyUrl()).willReturn(status(402).withHeader("PAYMENT-REQUIRED", terms())));
		this.shop.stubFor(get("/away").willReturn(temporaryRedirect(thief.baseUrl() + "/steal")));
		HttpClient following = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
		this.runner
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.run((context) -> {
				RestClient.builder()
					.requestFactory(new JdkClientHttpRequestFactory(following))
					.requestInterceptor(context.getBean(PayingInterceptor.class))
					.build()
					.get()
					.uri(this.shop.baseUrl() + "/away")
					.retrieve()
					.toBodilessEntity();
				assertThat(thief.getAllServeEvents()).hasSize(1)
					.noneMatch((event) -> event.getRequest().containsHeader("PAYMENT-SIGNATURE"));
			});
		thief.stop();
	}

	@Test
	void nothingIsThereWithoutASession() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(Session.class)
			.doesNotHaveBean(PayingInterceptor.class));
		this.runner.withClassLoader(new FilteredClassLoader(PayingInterceptor.class))
			.withPropertyValues("x402.client.session=file:" + this.saved)
			.run((context) -> assertThat(context).doesNotHaveBean(X402ClientAutoConfiguration.class));
	}

	@Test
	void anOwnInterceptorBacksOff() {
		this.runner
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.withBean("own", PayingInterceptor.class,
					() -> new PayingInterceptor(null, new JdkClientHttpRequestFactory()))
			.run((context) -> assertThat(context).getBeanNames(PayingInterceptor.class).containsExactly("own"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					x402.client.session=file:/nowhere.json           | x402.client.session: there is no saved session
					x402.client.allowed-origins=                     | x402.client.allowed-origins: the session may be spent nowhere
					x402.client.allowed-origins=shop                 | x402.client:
					x402.client.max-per-call=much                    | x402.client:
					""")
	void wrongConfigurationStopsTheStartAndRepeatsNoSecret(String property, String message) {
		this.runner
			.withPropertyValues("x402.client.session=file:" + this.saved,
					"x402.client.allowed-origins=" + this.shop.baseUrl())
			.withPropertyValues(property.trim())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith(message)
				.hasMessageNotContaining("very-secret-id"));
	}

}

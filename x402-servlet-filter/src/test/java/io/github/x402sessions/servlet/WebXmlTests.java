package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.webxml.FilterParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README, run: a war whose {@code web.xml} has the filter, on Tomcat.
 */
class WebXmlTests {

	private static final String PROPERTY = FilterParameter.FACILITATOR_URL.propertyName();

	private HttpFacilitator facilitator;

	@TempDir
	private Path folder;

	@BeforeEach
	void start() throws Exception {
		this.facilitator = new HttpFacilitator();
		System.setProperty(PROPERTY, this.facilitator.uri().toString());
	}

	@AfterEach
	void stop() {
		System.clearProperty(PROPERTY);
		this.facilitator.close();
	}

	@Test
	void theWebXmlOfTheReadmeCharges() throws Exception {
		try (WebXmlApplication application = start(Readme.example("xml", "<filter>"))) {
			assertCharges(application, "/api/quote", "100000");
			assertCharges(application, "/reports/2026/q1", "15000000");
			assertThat(application.get("/free").body()).isEqualTo(Handlers.GOODS);
		}
	}

	/** No request came, and none waits for it. */
	@Test
	void whatIsChargedIsToldAtStartAndWhetherTheFacilitatorTakesIt() throws Exception {
		String facilitator = this.facilitator.uri().toString();
		try (CapturedLog log = CapturedLog.of("io.github.x402sessions", Level.INFO);
				WebXmlApplication application = start(Readme.example("xml", "<filter>"))) {
			Eventually.holds(() -> assertThat(log.messages())
				.anySatisfy((told) -> assertThat(told)
					.startsWith("Filter 'payments' charges for 2 routes by " + facilitator + ":\n  /api/quote ")
					.contains("  0.01 USDC  session  settled at commit\n", "\n  /reports/* ", "\n  paid to GDWUSK"))
				.contains("Facilitator '" + facilitator + "' takes all 2 routes"));
			assertThat(this.facilitator.script.verified).hasValue(1);
			assertThat(application.get("/free").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void challengesSayWhoSellsAndInsistOnAnIdentifier() throws Exception {
		String parameters = """
				<init-param><param-name>serviceName</param-name><param-value>Quotes</param-value></init-param>
				<init-param><param-name>serviceTags</param-name><param-value>quotes, finance</param-value></init-param>
				<init-param><param-name>startCheck</param-name><param-value>false</param-value></init-param>
				<init-param><param-name>requireIdentifier</param-name><param-value>true</param-value></init-param>
				<init-param>""";
		this.facilitator.extensions = "{\"bazaar\":{\"status\":\"rejected\"}}";
		try (WebXmlApplication application = start(
				Readme.example("xml", "<filter>").replaceFirst("<init-param>", parameters))) {
			PaymentRequired challenge = PaidContainer.challenge(application.get("/api/quote"));
			assertThat(ServiceInfo.of(challenge.resource()))
				.isEqualTo(new ServiceInfo("Quotes", List.of("quotes", "finance"), null));
			PaymentPayload payment = PaymentPayload.of(null, challenge.accepts().get(0), Map.of("sessionId", "s"))
				.withExtensions(challenge.extensions());
			HttpResponse<String> nameless = application.get("/api/quote", PaymentHeader.SIGNATURE,
					PaymentHeader.encode(payment));
			assertThat(nameless.statusCode()).isEqualTo(400);
			assertThat(nameless.body()).contains("payment-identifier-missing").doesNotContain(Handlers.GOODS);
			assertThat(this.facilitator.script.verified).hasValue(0);
			HttpResponse<String> paid = application.get("/api/quote", PaymentHeader.SIGNATURE,
					PaymentHeader.encode(PaymentIdentifier.random().in(payment)));
			assertThat(paid.body()).isEqualTo(Handlers.GOODS);
			assertThat(paid.headers().map()).doesNotContainKey("extension-responses");
		}
	}

	@Test
	void aRefusedSettlementLeavesNothing() throws Exception {
		this.facilitator.script.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		try (WebXmlApplication application = start(Readme.example("xml", "<filter>"))) {
			HttpResponse<String> refused = pay(application, "/api/quote");
			assertThat(refused.statusCode()).isEqualTo(402);
			assertThat(refused.body()).doesNotContain(Handlers.GOODS);
		}
	}

	@Test
	void theRoutesFileOfTheReadmeCharges() throws Exception {
		Path webInf = Files.createDirectories(this.folder.resolve("war/WEB-INF"));
		Files.writeString(webInf.resolve("routes.properties"), Readme.example("properties", "="));
		String routes = "<param-name>routes</param-name>";
		String descriptor = Readme.example("xml", "<filter>");
		int value = descriptor.indexOf("<param-value>", descriptor.indexOf(routes));
		descriptor = descriptor.substring(0, value) + "<param-value>/WEB-INF/routes.properties"
				+ descriptor.substring(descriptor.indexOf("</param-value>", value));
		try (WebXmlApplication application = start(descriptor.replace(routes, "<param-name>routesFile</param-name>"))) {
			assertCharges(application, "/api/quote", "100000");
			assertCharges(application, "/reports/2026/q1", "15000000");
		}
	}

	@Test
	void aPriceThatTheFacilitatorDoesNotTakeIsToldAtStart() throws Exception {
		this.facilitator.script.extra = Map.of("limits", Map.of("maxAmount", "14999999"));
		try (CapturedLog log = CapturedLog.of("io.github.x402sessions.core.gate.OfferLog", Level.WARN);
				WebXmlApplication application = start(Readme.example("xml", "<filter>"))) {
			assertThat(log.next()).startsWith("Payments cannot be asked for: route '/reports/*' cannot be paid:")
				.contains("it costs 1.5, and its facilitator takes no payment above 1.4999999");
			assertCharges(application, "/api/quote", "100000");
			assertThat(application.get("/reports/2026/q1").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void anErrorPageIsPartOfTheRequestThatFailed() throws Exception {
		String errorPage = """
				<error-page><error-code>404</error-code><location>/api/quote</location></error-page>
				<filter-mapping>
					<filter-name>payments</filter-name>
					<url-pattern>/*</url-pattern>
					<dispatcher>ERROR</dispatcher>
				</filter-mapping>
				<servlet>
					<servlet-name>nothing</servlet-name>
					<servlet-class>%s</servlet-class>
				</servlet>
				<servlet-mapping>
					<servlet-name>nothing</servlet-name>
					<url-pattern>/reports/none</url-pattern>
				</servlet-mapping>
				""".formatted(WebXmlApplication.Nothing.class.getName());
		try (WebXmlApplication application = start(Readme.example("xml", "<filter>") + errorPage)) {
			HttpResponse<String> paid = pay(application, "/reports/none");
			assertThat(paid.statusCode()).isEqualTo(404);
			assertThat(paid.body()).isEqualTo(Handlers.GOODS);
			assertThat(this.facilitator.script.settled).hasValue(0);
		}
	}

	@Test
	void aWrongParameterKeepsTheApplicationFromStarting() throws Exception {
		System.setProperty(PROPERTY, "nowhere");
		try (WebXmlApplication application = start(Readme.example("xml", "<filter>"))) {
			assertThat(application.isAvailable()).isFalse();
			assertThat(application.get("/api/quote").body()).doesNotContain(Handlers.GOODS);
		}
	}

	@Test
	void theJavaOfTheReadmeCharges() throws Exception {
		String source = Files
			.readString(Path.of("src/test/java", ProgrammaticExample.class.getName().replace('.', '/') + ".java"));
		assertThat(lines(source)).contains(lines(Readme.code(Readme.example("java", "PaymentFilter.builder"))));
		try (WebXmlApplication application = new WebXmlApplication(this.folder, "", (classes,
				context) -> ProgrammaticExample.register(context, this.facilitator.uri(), InitParameters.MERCHANT))) {
			assertCharges(application, "/api/quote", "100000");
			assertCharges(application, "/reports/2026/q1", "15000000");
			assertThat(application.get("/free").body()).isEqualTo(Handlers.GOODS);
		}
	}

	private WebXmlApplication start(String descriptor) throws Exception {
		return new WebXmlApplication(this.folder, descriptor, (classes, context) -> {
		});
	}

	private void assertCharges(WebXmlApplication application, String path, String amount) throws Exception {
		int settled = this.facilitator.script.settled.get();
		HttpResponse<String> unpaid = application.get(path);
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(unpaid.body()).doesNotContain(Handlers.GOODS);
		assertThat(PaidContainer.challenge(unpaid).accepts()).singleElement().satisfies((terms) -> {
			assertThat(terms.amount()).isEqualTo(amount);
			assertThat(terms.payTo()).isEqualTo(InitParameters.MERCHANT);
			assertThat(terms.extra()).containsEntry("facilitatorUrl", this.facilitator.uri().toString());
		});
		HttpResponse<String> paid = pay(application, path);
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.body()).isEqualTo(Handlers.GOODS);
		assertThat(PaidContainer.receipt(paid).transaction()).startsWith("ab12");
		assertThat(this.facilitator.script.settled).hasValue(settled + 1);
	}

	private static HttpResponse<String> pay(WebXmlApplication application, String path) throws Exception {
		PaymentRequirements terms = PaidContainer.challenge(application.get(path)).accepts().get(0);
		return application.get(path, PaymentHeader.SIGNATURE,
				PaymentHeader.encode(PaymentPayload.of(null, terms, Map.of("sessionId", "s"))));
	}

	private static String lines(String code) {
		return code.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

}

package io.github.x402sessions.spring;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.facilitator.http.ExtensionListener;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.spring.observation.PaymentObservationContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees of payments: traces, meters, the actuator.
 */
class ObservedApplicationTests {

	private RunningShop shop;

	@BeforeEach
	void start() {
		this.shop = new RunningShop(Application.class,
				"management.endpoints.web.exposure.include=x402,metrics,health,info",
				"management.endpoint.health.show-details=always", "x402.routes[0].path=/articles/**",
				"x402.routes[0].price=0.01");
	}

	@AfterEach
	void stop() {
		this.shop.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/chat", "/stream", "/early" })
	void verifyingAndSettlingAreChildrenOfTheServersSpan(String path) throws Exception {
		this.shop.askWithPaymentFor(path, path);
		Recorder recorder = this.shop.bean(Recorder.class);
		for (String name : List.of("x402.verify", "x402.settle", "x402.payment")) {
			Eventually.holds(() -> assertThat(recorder.parents).as(path).containsEntry(name, "http.server.requests"));
		}
	}

	@Test
	void metersTellWhatWasEarned() throws Exception {
		assertThat(this.shop.ask("/chat")).startsWith("402");
		this.shop.askWithPaymentFor("/chat", "/chat");
		assertThat(this.shop.ask("/actuator/metrics/x402.payment")).contains("\"settled\"", "\"challenged\"", "/chat");
		assertThat(this.shop.ask("/actuator/metrics/x402.settle")).contains("\"settled\"", "stellar:testnet");
		MeterRegistry meters = this.shop.bean(MeterRegistry.class);
		assertThat(meters.get("x402.revenue").tag("route", "/chat").counter().count()).isEqualTo(1_000_000);
		assertThat(meters.get("x402.settlements.active").gauge().value()).isZero();
		assertThat(meters.get("x402.settlements.unknown").counter().count()).isZero();
		assertThat(meters.getMeters()).allSatisfy((meter) -> assertThat(meter.getId().getTags())
			.noneMatch((tag) -> tag.getValue().equals("GP") || tag.getValue().startsWith("ab12")));
	}

	@Test
	void metersTellWhatFacilitatorsSayOfExtensions() {
		for (int i = 0; i < 20; i++) {
			this.shop.bean(ExtensionListener.class)
				.responded(new ExtensionResponse("x" + i, ExtensionResponse.Status.REJECTED, "no"));
		}
		assertThat(meters().get("x402.extension.responses").tag("status", "rejected").counters()).hasSize(17);
		assertThat(meters().get("x402.extension.responses").tag("extension", "other").counter().count()).isEqualTo(4);
	}

	@Test
	void whatIsGrantedIsGrantedWhateverTheHandlerSays() throws Exception {
		assertThat(this.shop.ask("/missing", "X-Friend", "yes")).startsWith("404");
		Eventually.holds(() -> assertThat(meters().find("x402.payment").tag("outcome", "granted").timer()).isNotNull());
	}

	@Test
	void anErrorOfAHandlerEndsItsObservation() throws Exception {
		assertThat(this.shop.askWithPaymentFor("/error-thrown", "/error-thrown")).startsWith("500");
		Eventually.holds(() -> assertThat(
				meters().find("x402.payment").tag("route", "/error-thrown").tag("error", "ServletException").timers())
			.isNotEmpty());
		assertThat(meters().get("x402.payment.active").longTaskTimer().activeTasks()).isZero();
		assertThat(meters().get("x402.payment.active").longTaskTimer().getId().getTag("outcome")).isEqualTo("none");
	}

	private MeterRegistry meters() {
		return this.shop.bean(MeterRegistry.class);
	}

	@Test
	void theEndpointShowsWhatIsForSale() throws Exception {
		this.shop.ask("/chat");
		assertThat(this.shop.ask("/actuator/x402")).startsWith("200 ")
			.contains("\"name\":\"/chat\"", "\"price\":\"0.1\"", "\"name\":\"/articles/**\"", "\"lastSuccess\":\"2",
					"\"scheme\":\"session\"",
					"\"name\":\"/tokens\",\"description\":null,\"settlement\":\"AT_COMMIT\",\"pricedPerRequest\":true,"
							+ "\"accepts\":[{\"price\":null");
		assertThat(this.shop.ask("/actuator/health")).startsWith("200 ").contains("\"x402\":{", "answered at ");
		assertThat(this.shop.ask("/actuator/info")).contains("\"pricedRoutes\":7");
	}

	@Test
	void theEndpointIsNotExposedByDefault() throws Exception {
		try (RunningShop plain = new RunningShop(Application.class)) {
			assertThat(plain.ask("/actuator/x402")).startsWith("404");
		}
	}

	@Test
	void aFacilitatorThatRefusesThisServerIsDown() throws Exception {
		try (RunningShop refused = new RunningShop(Application.class, "x402.facilitator.refresh-interval=10ms",
				"management.endpoint.health.show-details=always")) {
			refused.refuseTheServer();
			Eventually.holds(
					() -> assertThat(refused.ask("/actuator/health")).startsWith("503 ").contains("\"x402\":{", "401"));
		}
	}

	static class Friends implements PaymentListener {

		@Override
		public Access onRequest(HttpServletRequest request, PricedRoute route) {
			return (request.getHeader("X-Friend") != null) ? Access.GRANT : Access.CHARGE;
		}

	}

	static class Tokens implements RequestPricer {

		@Override
		public String price(HttpServletRequest request) {
			return "0.01";
		}

	}

	@RestController
	static class Api {

		@GetMapping("/missing")
		@X402Price("0.10")
		String missing() {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}

		@GetMapping("/error-thrown")
		@X402Price("0.10")
		String error() {
			throw new StackOverflowError();
		}

		@GetMapping("/tokens")
		@X402Price(priceFrom = Tokens.class)
		String tokens() {
			return "goods";
		}

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

		@GetMapping("/stream")
		@X402Price("0.10")
		StreamingResponseBody stream() {
			return (out) -> out.write("goods".getBytes());
		}

		@GetMapping("/early")
		@X402Price(price = "0.10", settlement = SettlementTiming.DURING_HANDLER)
		String early() {
			return "goods";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Api.class, Friends.class, Tokens.class })
	static class Application {

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

	}

	/** Remembers whose children the observations of payments are. */
	static class Recorder implements ObservationHandler<PaymentObservationContext> {

		private final Map<String, String> parents = new ConcurrentHashMap<>();

		@Override
		public void onStop(PaymentObservationContext context) {
			ObservationView parent = context.getParentObservation();
			this.parents.put(String.valueOf(context.getName()),
					(parent != null) ? String.valueOf(parent.getContextView().getName()) : "none");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof PaymentObservationContext;
		}

	}

}

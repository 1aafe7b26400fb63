package io.github.x402sessions.spring.webmvc;

import java.util.Optional;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.spring.BoundProperties;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import io.github.x402sessions.spring.route.FreeDeclarations;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.ModelAndView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A filter behind ours changes the request, so that another handler runs than was priced.
 */
class PaymentBackstopTests {

	private static final String[] ROUTES = { "x402.routes[0].path=/configured", "x402.routes[0].price=0.02",
			"x402.routes[1].path=/cheap/", "x402.routes[1].price=0.01", "x402.routes[2].path=/public/",
			"x402.routes[2].price=0.01" };

	private final MockServletContext servletContext = new MockServletContext();

	@Test
	void aPricedHandlerDoesNotRunForARequestThatWasFreeInTheFilter() throws Exception {
		try (RunningShop shop = new RunningShop(TrailingSlash.class, ROUTES);
				CapturedLog log = CapturedLog.of(PaymentBackstop.class, Level.ERROR)) {
			assertThat(shop.ask("/chat")).isEqualTo("402 1000000");
			assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			assertThat(shop.send("/chat/").statusCode()).isEqualTo(500);
			assertThat(shop.send("/chat/").headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(shop.ask("/chat/")).contains("payment-bypassed").doesNotContain("goods");
			assertThat(log.events()).allMatch((event) -> event.getLevel() == Level.ERROR);
			assertThat(log.messages().get(0)).contains("Refused to run ", "Api#chat()", "'/chat /cheap'");
			assertThat(shop.ask("/configured")).isEqualTo("402 200000");
			assertThat(shop.ask("/configured/")).isEqualTo("402 200000");
			assertThat(shop.ask("/free/")).isEqualTo("200 free");
		}
	}

	@ParameterizedTest
	@EnumSource(DispatcherType.class)
	void onlyRequestsToThisServerAreLookedAt(DispatcherType type) throws Exception {
		PaymentBackstop backstop = new PaymentBackstop(null, configured(), this.servletContext);
		MockHttpServletRequest request = new MockHttpServletRequest(this.servletContext, "GET", "/configured");
		request.setServletPath("/configured");
		request.setDispatcherType(type);
		MockHttpServletResponse response = new MockHttpServletResponse();
		assertThat(backstop.preHandle(request, response, this)).isEqualTo(type != DispatcherType.REQUEST);
		assertThat(response.getStatus()).isEqualTo((type != DispatcherType.REQUEST) ? 200 : 500);
		MockHttpServletRequest management = new MockHttpServletRequest("GET", "/configured");
		management.setServletPath("/configured");
		assertThat(backstop.preHandle(management, new MockHttpServletResponse(), this)).isTrue();
	}

	private static PropertiesRoutePricing configured() {
		X402Properties properties = BoundProperties.of("x402.pay-to=" + BoundProperties.MERCHANT,
				"x402.routes[0].path=/configured", "x402.routes[0].price=0.01");
		return new PropertiesRoutePricing(properties.routes(),
				new ConfiguredTerms(ConfiguredTerms.common(properties), properties), () -> true, () -> null,
				new FreeDeclarations(() -> null));
	}

	@Test
	void aCheaperPaymentDoesNotRunADearerHandler() throws Exception {
		try (RunningShop shop = new RunningShop(TrailingSlash.class, ROUTES)) {
			assertThat(shop.ask("/cheap/")).isEqualTo("402 100000");
			assertThat(shop.askWithPaymentFor("/cheap/", "/cheap/")).startsWith("500 ").doesNotContain("goods");
			assertThat(shop.askWithPaymentFor("/public/", "/public/")).isEqualTo("200 public");
		}
	}

	@Test
	void errorAndForwardDispatchesAreNotRefused() throws Exception {
		try (RunningShop shop = new RunningShop(TrailingSlash.class, "x402.routes[0].path=/error",
				"x402.routes[0].price=0.01")) {
			assertThat(shop.ask("/fails")).startsWith("500 ").doesNotContain("payment-bypassed");
			assertThat(shop.askWithPaymentFor("/forwards", "/forwards")).startsWith("200 ");
		}
	}

	@Test
	void aGrantedRequestIsServed() throws Exception {
		try (RunningShop shop = new RunningShop(Granting.class)) {
			assertThat(shop.ask("/chat", "X-Friend", "yes")).isEqualTo("200 goods");
			assertThat(shop.ask("/chat")).isEqualTo("402 1000000");
		}
	}

	@Test
	void aSwitchedOffApplicationIsFree() throws Exception {
		try (RunningShop shop = new RunningShop(TrailingSlash.class, "x402.enabled=false")) {
			assertThat(shop.ask("/chat")).isEqualTo("200 goods");
			assertThat(shop.ask("/chat/")).isEqualTo("200 goods");
		}
	}

	@Test
	void theApplicationsOwnPricingIsItsOwnDecision() throws Exception {
		try (RunningShop shop = new RunningShop(OwnPricing.class)) {
			assertThat(shop.ask("/chat")).isEqualTo("402 500000");
			assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class TrailingSlash {

		@Bean
		UrlHandlerFilter urlHandlerFilter() {
			return UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Granting {

		@Bean
		FilterRegistrationBean<PaymentFilter> paymentFilter(PaymentGate gate, AnnotatedRoutePricing pricing) {
			return new FilterRegistrationBean<>(PaymentFilter.builder(gate, pricing).listener(new PaymentListener() {

				@Override
				public Access onRequest(HttpServletRequest request, PricedRoute route) {
					return (request.getHeader("X-Friend") != null) ? Access.GRANT : Access.CHARGE;
				}

			}).build());
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class OwnPricing {

		@Bean
		RoutePricing ownPricing(CommonTerms terms) {
			PricedRoute route = terms.route("own", "0.05", null, null);
			return (request) -> RoutePricing.path(request).equals("/chat") ? Optional.of(route) : Optional.empty();
		}

	}

	@RestController
	static class Api {

		@GetMapping({ "/chat", "/cheap" })
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

		@GetMapping("/configured")
		String configured() {
			return "goods";
		}

		@GetMapping("/free")
		String free() {
			return "free";
		}

		@GetMapping("/public")
		String publicPage() {
			return "public";
		}

		@GetMapping("/fails")
		String fails() {
			throw new IllegalStateException("on purpose");
		}

		@GetMapping("/forwards")
		@X402Price("0.10")
		ModelAndView forwards() {
			return new ModelAndView("forward:/chat");
		}

	}

}

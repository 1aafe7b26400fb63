package io.github.x402sessions.spring;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other servlets and earlier handler mappings that serve the path of a priced controller:
 * what answers is not what has the price.
 */
class OtherHandlersTests {

	@ParameterizedTest
	@ValueSource(classes = { OnTomcat.class, OnJetty.class })
	void whoAnswersInThePlaceOfAControllerIsNotChargedByItsPrice(Class<?> container) throws Exception {
		try (RunningShop shop = new RunningShop(container)) {
			assertThat(shop.ask("/legacy/report")).isEqualTo("200 servlet");
			assertThat(shop.ask("/taken")).isEqualTo("200 mapping");
			assertThat(shop.ask("/goods")).startsWith("402 1000000");
			assertThat(shop.askWithPaymentFor("/goods", "/goods")).isEqualTo("200 goods");
		}
	}

	@Test
	void configuredRoutesChargeForOtherServletsToo() throws Exception {
		try (RunningShop shop = new RunningShop(OnTomcat.class, "x402.routes[0].path=/legacy/**",
				"x402.routes[0].price=0.02")) {
			assertThat(shop.ask("/legacy/report")).startsWith("402 200000");
			assertThat(shop.askWithPaymentFor("/legacy/report", "/legacy/report")).isEqualTo("200 servlet");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, Others.class })
	static class OnTomcat {

		@Bean
		ServletWebServerFactory container() {
			return new TomcatServletWebServerFactory();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, Others.class })
	static class OnJetty {

		@Bean
		ServletWebServerFactory container() {
			return new JettyServletWebServerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Others {

		@Bean
		ServletRegistrationBean<HttpServlet> legacy() {
			return new ServletRegistrationBean<>(new LegacyServlet(), "/legacy/*");
		}

		@Bean
		SimpleUrlHandlerMapping earlier() {
			HttpRequestHandler handler = (request, response) -> response.getWriter().write("mapping");
			return new SimpleUrlHandlerMapping(Map.of("/taken", handler), -10);
		}

	}

	static class LegacyServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().write("servlet");
		}

	}

	@RestController
	static class Api {

		@GetMapping("/legacy/report")
		@X402Price("0.10")
		String report() {
			return "goods";
		}

		@GetMapping("/taken")
		@X402Price("0.10")
		String taken() {
			return "goods";
		}

		@GetMapping("/goods")
		@X402Price("0.10")
		String goods() {
			return "goods";
		}

	}

}

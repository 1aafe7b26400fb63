package io.github.x402sessions.spring;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that sets Spring MVC and Tomcat up in unusual ways: whatever runs is
 * charged nevertheless, and by the right price.
 */
class ReachablePricesTests {

	private static RunningShop shop;

	@BeforeAll
	static void start() {
		shop = new RunningShop(Application.class, "x402.routes[0].path=/seg/*", "x402.routes[0].price=0.01",
				"x402.routes[1].path=/api/**", "x402.routes[1].price=0.01", "x402.routes[2].path=/api/{any}",
				"x402.routes[2].price=0.02", "x402.routes[3].path=/api/{name}", "x402.routes[3].price=0.03",
				"x402.routes[3].method=get");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			/second,         1000000
			/SECOND,         404
			/proxied,        1000000
			/PROXIED,        1000000
			/seg/a,          100000
			/seg/a%2Fb,      100000
			/SEG/a,          100000
			/seg/a;x=1,      100000
			/s%65g/a,        100000
			/SEG/a%2Fb,      100000
			/api/dear,       1000000
			/api/other,      300000
			/api/other/more, 100000
			""")
	void whateverRunsIsCharged(String path, String expected) throws Exception {
		String answer = shop.ask(path);
		assertThat(answer).startsWith(expected.equals("404") ? "404" : "402 " + expected).doesNotContain("goods");
	}

	@Test
	void paidHandlersOfAllMappingsRun() throws Exception {
		assertThat(shop.askWithPaymentFor("/second", "/second")).isEqualTo("200 goods");
		assertThat(shop.askWithPaymentFor("/proxied", "/proxied")).isEqualTo("200 goods");
		assertThat(shop.askWithPaymentFor("/seg/a", "/seg/a%2Fb")).isEqualTo("200 goods a/b");
		assertThat(shop.askWithPaymentFor("/api/dear", "/api/dear")).isEqualTo("200 goods");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application implements WebMvcConfigurer {

		@Override
		public void configurePathMatch(PathMatchConfigurer configurer) {
			PathPatternParser parser = new PathPatternParser();
			parser.setCaseSensitive(false);
			configurer.setPatternParser(parser);
		}

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> decodedSlashes() {
			return (factory) -> factory
				.addConnectorCustomizers((connector) -> connector.setEncodedSolidusHandling("decode"));
		}

		@Bean
		Proxied proxied() {
			ProxyFactory factory = new ProxyFactory(new ProxiedImplementation());
			factory.setInterfaces(Proxied.class);
			factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
			return (Proxied) factory.getProxy();
		}

		@Bean
		RequestMappingHandlerMapping secondMapping() {
			RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping() {

				@Override
				protected boolean isHandler(Class<?> type) {
					return type == Second.class;
				}

			};
			mapping.setOrder(5);
			return mapping;
		}

		@Bean
		Second second() {
			return new Second();
		}

	}

	static class Second {

		@GetMapping("/second")
		@X402Price("0.10")
		@ResponseBody
		String second() {
			return "goods";
		}

	}

	@RestController
	interface Proxied {

		@GetMapping("/proxied")
		String proxied();

	}

	static class ProxiedImplementation implements Proxied {

		@Override
		@X402Price("0.10")
		public String proxied() {
			return "goods";
		}

	}

	@RestController
	static class Api {

		@GetMapping("/seg/{id}")
		String segment(@PathVariable String id) {
			return "goods " + id;
		}

		@GetMapping("/api/dear")
		@X402Price("0.10")
		String dear() {
			return "goods";
		}

		@PostMapping("/api/other")
		String other() {
			return "goods";
		}

	}

}

package io.github.x402sessions.spring.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.servlet.PaymentFilterBuilder;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.contradictory.TwicePriced;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402FilterCustomizer;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import io.github.x402sessions.spring.webmvc.AnnotatedRoutePricing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.MappedInterceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class X402AutoConfigurationTests {

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, X402AutoConfiguration.class, X402PaymentArgumentAutoConfiguration.class,
				X402ServletAutoConfiguration.class, X402WebMvcAutoConfiguration.class,
				X402PricesAutoConfiguration.class))
		.withPropertyValues("x402.pay-to=" + MERCHANT, "x402.facilitator.url=http://localhost:4021");

	@Test
	void registersTheFilterJustAfterSpringSecurity() {
		this.runner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean("x402PaymentFilter", FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(PaymentFilter.class);
			assertThat(registration.getOrder()).isEqualTo(-98);
			assertThat(context).getBean(Facilitator.class).isInstanceOf(RefreshingFacilitator.class);
			assertThat(context.getBeansOfType(RoutePricing.class)).hasSize(2);
		});
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("x402.enabled=false", "x402.pay-to=")
			.run((context) -> assertThat(context).doesNotHaveBean(PaymentGate.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void everyBeanBacksOff() {
		this.runner.withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).hasSingleBean(Facilitator.class).hasSingleBean(PaymentGate.class);
			assertThat(context.getBean(PaymentGate.class)).isSameAs(context.getBean("ownGate"));
			assertThat(context.getBeansOfType(FilterRegistrationBean.class)).containsOnlyKeys("ownFilter",
					"x402HandlerCorsFilter");
		});
	}

	@Test
	void staysOutOfApplicationsWithoutWebMvc() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(X402AutoConfiguration.class,
					X402PaymentArgumentAutoConfiguration.class, X402ServletAutoConfiguration.class,
					X402WebMvcAutoConfiguration.class, X402PricesAutoConfiguration.class))
			.withPropertyValues("x402.facilitator.url=http://localhost:4021")
			.run((context) -> assertThat(context).hasSingleBean(PaymentGate.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void chargesForRoutesWithoutWebMvcAndRefusesAnnotationsThere() {
		WebApplicationContextRunner plain = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(X402AutoConfiguration.class,
					X402PaymentArgumentAutoConfiguration.class, X402ServletAutoConfiguration.class,
					X402WebMvcAutoConfiguration.class, X402PricesAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.withPropertyValues("x402.pay-to=" + MERCHANT, "x402.facilitator.url=http://localhost:4021",
					"x402.routes[0].path=/a", "x402.routes[0].price=1");
		plain.run((context) -> assertThat(context).hasBean("x402PaymentFilter")
			.doesNotHaveBean(X402WebMvcAutoConfiguration.class)
			.doesNotHaveBean(X402PaymentArgumentAutoConfiguration.class));
		plain.withUserConfiguration(WrongPrice.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("WrongPrice#wrong: no handler mapping runs this method"));
	}

	@Test
	void aReactiveApplicationDoesNotStart() {
		ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(X402ReactiveAutoConfiguration.class));
		reactive.run((context) -> {
			FailureAnalysis analysis = new InvalidX402ConfigurationFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("this is a WebFlux application");
			assertThat(analysis.getAction()).contains("spring-boot-starter-webmvc");
		});
		reactive.withPropertyValues("x402.enabled=false").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void anOwnGateNeedsNoFacilitator() {
		this.runner.withUserConfiguration(OwnGate.class)
			.withPropertyValues("x402.facilitator.url=")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Facilitator.class));
	}

	@Test
	void thePathOfTheDispatcherCountsInConflicts() {
		this.runner.withUserConfiguration(Goods.class)
			.withPropertyValues("spring.mvc.servlet.path=/shop", "x402.routes[0].path=/shop/goods/{id}",
					"x402.routes[0].price=1")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("x402.routes[0]: it has the path and method of @X402Price on"));
		this.runner.withUserConfiguration(Goods.class)
			.withPropertyValues("spring.mvc.servlet.path=/shop", "x402.routes[0].path=/goods/{id}",
					"x402.routes[0].price=1")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aWelcomePageMayNotShowAPricedFileForFree() {
		WebApplicationContextRunner welcome = this.runner.withPropertyValues(
				"spring.web.resources.static-locations=classpath:/welcome/", "x402.routes[0].price=1",
				"x402.routes[1].price=1");
		welcome.withPropertyValues("x402.routes[0].path=/index.html", "x402.routes[1].path=/other")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'/index.html' has a price, but '/' shows '/index.html' without one"));
		welcome.withPropertyValues("x402.routes[0].path=/**", "x402.routes[1].path=/other")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void paymentArgumentsAreThereWithoutPayments() {
		this.runner.withPropertyValues("x402.enabled=false")
			.run((context) -> assertThat(context).hasBean("x402PaymentArgument")
				.doesNotHaveBean("x402HandlerCorsFilter"));
	}

	@Test
	void theConfigurationsNamedAsBeforeExist() throws Exception {
		for (String type : ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())) {
			if (type.startsWith("io.github.x402sessions.")) {
				AutoConfiguration annotation = Class.forName(type).getAnnotation(AutoConfiguration.class);
				assertThat(annotation.afterName())
					.allSatisfy((name) -> assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).as(name)
						.isTrue());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', can be reached from here", "not-support, supports x402.scheme" })
	void aStrictStartSaysWhatHelps(String other, String action) {
		WebApplicationContextRunner strict = this.runner.withPropertyValues("x402.facilitator.strict-start=true",
				"x402.facilitator.url=http://localhost:1", "x402.routes[0].path=/static/goods.txt",
				"x402.routes[0].price=1");
		if (!other.isEmpty()) {
			Facilitator empty = mock(Facilitator.class);
			given(empty.supported()).willReturn(new SupportedResponse(List.of(), List.of(), Map.of()));
			given(empty.find(any(), any())).willReturn(Optional.empty());
			strict = strict.withBean(Facilitator.class, () -> empty);
		}
		strict.run((context) -> {
			FailureAnalysis analysis = new InvalidX402ConfigurationFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis.getAction()).contains(action, "strict-start to false");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					x402.pay-to=                          | x402.pay-to: nobody to pay to
					x402.pay-to=GABC                      | x402.pay-to: 'GABC' is not a Stellar address
					x402.facilitator.url=                 | x402.facilitator.url: no facilitator
					x402.facilitator.url=localhost:4021   | x402.facilitator.url: 'localhost:4021' is not a URL
					x402.facilitator.url=http://a b       | x402.facilitator.url: 'http://a b' is not a URL
					x402.facilitator.read-timeout=0s      | x402.facilitator: readTimeout must be positive
					x402.public-base-url=shop.example     | x402.public-base-url: 'shop.example' is not a base URL
					x402.network=stellar:mainnet          | x402.network: network 'stellar:mainnet' is not known
					x402.network=testnet                  | x402.network: 'testnet' is not a CAIP-2 id
					x402.network=eip155:8453              | x402.asset: there is no default asset on eip155:8453
					x402.asset=USDC                       | x402.asset: 'USDC' is not a contract id
					x402.asset=CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC | x402.asset-decimals: the decimals
					x402.facilitator.url=http://user:pw@f.example | x402.facilitator.url: 'http://***@f.example' is not a URL
					x402.facilitator.url=f.example?key=pw | x402.facilitator.url: 'f.example?***' is not a URL
					x402.public-base-url=http://u:pw@shop | x402.public-base-url: 'http://***@shop' is not a base URL
					x402.pay-to=SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN | x402.pay-to: a secret seed (S…) is no
					x402.asset-decimals=6                 | x402.asset-decimals: USDC has 7 decimals, not 6
					x402.routes[0].path=/a                | x402.routes[0].price: price is missing
					x402.routes[0].price=1                | x402.routes[0].path: a path must start with '/'
					x402.service.name=Caf\u00e9           | x402.service: the service's name must be 1 to 32
					x402.service.tags=a,b,c,d,e,f         | x402.service: the service's tags must be at most 5
					x402.service.icon-url=icon.png        | x402.service: the service's icon URL must be an absolute
					x402.page.name=12345678901234567890123456789012345678901234567890123456789012345 | x402.page.name: it is no name of 1 to 64
					x402.page.logo=//cdn.example/a.png    | x402.page.logo: it is neither a path of this server nor
					x402.page.accent=red                  | x402.page.accent: it is no colour of the form #rrggbb
					x402.page.devnet-url=localhost:8000   | x402.page.devnet-url: it is no URL that a page can call
					x402.facilitators[0].url=nowhere      | x402.facilitators[0].url: 'nowhere' is not a URL
					x402.facilitator.public-url=a         | x402.facilitator.public-url: 'a' is not a URL
					x402.facilitator.refresh-interval=0s  | x402.facilitator: interval must be
					""")
	void wrongConfigurationStopsTheStartAndNamesTheProperty(String property, String message) {
		this.runner.withPropertyValues(property.trim()).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidX402ConfigurationFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(message).doesNotContain("pw", "SBGW");
			assertThat(analysis.getAction()).startsWith("Set ");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET,POST", "POTS", "GET POST", "G\u0130T" })
	void aMethodThatIsNoneStopsTheStart(String method) {
		this.runner
			.withPropertyValues("x402.routes[0].path=/a", "x402.routes[0].price=1", "x402.routes[1].path=/b",
					"x402.routes[1].price=1", "x402.routes[1].method=" + method)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessageStartingWith("x402.routes[1].method: "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "get", " Post ", "HEAD", "put", "PATCH", "delete", "trace", "*", "" })
	void aMethodMayBeInAnyCase(String method) {
		this.runner
			.withPropertyValues("x402.routes[0].path=/a", "x402.routes[0].price=1", "x402.routes[0].method=" + method)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "/a, get, /a, GET", "/a/{id}, '', /a/{name}, *" })
	void twoPricesForOneRouteStopTheStart(String path, String method, String otherPath, String otherMethod) {
		this.runner.withPropertyValues("x402.routes[0].path=" + path, "x402.routes[0].price=1",
				"x402.routes[0].method=" + method, "x402.routes[1].path=/b", "x402.routes[1].price=1",
				"x402.routes[2].path=" + otherPath, "x402.routes[2].price=2", "x402.routes[2].method=" + otherMethod)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessage("x402.routes[2]: it has the path and method of x402.routes[0]"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x402.max-timeout=1500ms     | x402.max-timeout must be whole seconds
			x402.max-timeout=999ms      | x402.max-timeout must be 1s to 1d
			x402.max-timeout=25h        | x402.max-timeout must be 1s to 1d
			x402.answers.timeout=60500ms | x402.answers.timeout must be 10ms to 60s
			x402.answers.lease=90m      | x402.answers.lease must be 1s to 1h
			""")
	void aTimeThatCannotBeMeantStopsTheStart(String property, String message) {
		this.runner.withPropertyValues(property.trim())
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageStartingWith(message));
	}

	@Test
	void aValueBesideAPriceStopsTheStart() {
		this.runner.withUserConfiguration(TwicePriced.class).run((context) -> {
			FailureAnalysis analysis = new ContradictoryPriceFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(TwicePriced.class.getName(), "[0.10]", "[0.20]");
			assertThat(analysis.getAction()).isEqualTo("Set only one of value and price.");
		});
	}

	@Test
	void anotherGenerationOfBootIsSaid() {
		Throwable failure = new IllegalArgumentException(new ClassNotFoundException("a.b.C"));
		assertThat(new OtherBootFailureAnalyzer("3.5.7").analyze(failure).getDescription()).contains("Spring Boot 4",
				"3.5.7");
		assertThat(new OtherBootFailureAnalyzer("3.5.7").analyze(new IllegalStateException("port"))).isNull();
		assertThat(new OtherBootFailureAnalyzer().analyze(failure)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x402.routes[0].method=get  | x402.routes[0]: it has the path and method of @X402Price on
			x402.routes[0].method=HEAD | -
			x402.routes[0].path=/goods/** | -
			x402.routes[0].path=/goods/{other} | x402.routes[0]: it has the path and method of @X402Price on
			""")
	void aMethodAndARouteWithTheSameMappingStopTheStart(String property, String message) {
		this.runner.withUserConfiguration(Goods.class)
			.withPropertyValues("x402.routes[0].path=/goods/{id}", "x402.routes[0].price=1", property.trim())
			.run((context) -> {
				if (message.equals("-")) {
					assertThat(context).hasNotFailed();
				}
				else {
					assertThat(context).getFailure()
						.hasMessageStartingWith(message)
						.hasMessageContaining("Goods#goods, which has a price too");
				}
			});
	}

	@Test
	void allRoutesSayWhoSellsAndSomeInsistOnAnIdentifier() {
		this.runner.withUserConfiguration(Goods.class)
			.withPropertyValues("x402.service.name=Quotes", "x402.service.tags=quotes, finance",
					"x402.service.icon-url=https://a.example/i.png", "x402.require-identifier=true",
					"x402.routes[0].path=/a", "x402.routes[0].price=1", "x402.routes[1].path=/b",
					"x402.routes[1].price=1", "x402.routes[1].require-identifier=false")
			.run((context) -> {
				List<PricedRoute> routes = context.getBeansOfType(RoutePricing.class)
					.values()
					.stream()
					.flatMap((pricing) -> pricing.routes().stream())
					.toList();
				assertThat(routes).hasSize(3)
					.allMatch((route) -> route.service()
						.equals(new ServiceInfo("Quotes", List.of("quotes", "finance"), "https://a.example/i.png")));
				assertThat(routes).filteredOn((route) -> !route.identifierRequired())
					.extracting(PricedRoute::name)
					.containsExactly("/b");
			});
	}

	@Test
	void customizersChangeTheFilterInTheirOrder() {
		List<String> calls = new ArrayList<>();
		this.runner.withBean("second", X402FilterCustomizer.class, () -> new OrderedCustomizer(2, calls))
			.withBean("first", X402FilterCustomizer.class, () -> new OrderedCustomizer(1, calls))
			.run((context) -> assertThat(calls).containsExactly("1", "2"));
	}

	@Test
	void severalFacilitatorsStandBehindOne() {
		this.runner.withPropertyValues("x402.facilitators[0].url=http://localhost:4022")
			.run((context) -> assertThat(context).getBean(Facilitator.class).isInstanceOf(CompositeFacilitator.class));
		this.runner
			.withPropertyValues("x402.facilitator.url=", "x402.facilitators[0].url=http://localhost:4022",
					"x402.facilitators[0].authorization=Bearer secret")
			.run((context) -> {
				assertThat(context).getBean(Facilitator.class).isInstanceOf(RefreshingFacilitator.class);
				assertThat(context.getBean(X402Properties.class).toString()).doesNotContain("secret");
			});
	}

	@Test
	void aPasswordInAnUnusedFacilitatorUrlIsRefusedToo() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.withPropertyValues("x402.facilitator.url=http://user:pw@f.example")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("x402.facilitator.url: ")
				.hasMessageNotContaining("pw"));
	}

	@Test
	void beansBackOffByNameOrPublicType() {
		this.runner.withUserConfiguration(OwnParts.class)
			.withPropertyValues("x402.pay-to=", "x402.facilitator.strict-start=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context).doesNotHaveBean(AnnotatedRoutePricing.class)
					.doesNotHaveBean(PropertiesRoutePricing.class)
					.doesNotHaveBean(StrictStart.class)
					.doesNotHaveBean(MappedInterceptor.class)
					.hasSingleBean(CommonTerms.class);
				assertThat(context.getBeansOfType(RoutePricing.class)).hasSize(2);
			});
	}

	@Test
	void configuredRoutesNeedNoHandlerMapping() {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DispatcherServletAutoConfiguration.class, X402AutoConfiguration.class,
							X402PaymentArgumentAutoConfiguration.class, X402ServletAutoConfiguration.class,
							X402WebMvcAutoConfiguration.class, X402PricesAutoConfiguration.class))
			.withPropertyValues("x402.pay-to=" + MERCHANT, "x402.facilitator.url=http://localhost:4021",
					"x402.routes[0].path=/a", "x402.routes[0].price=1")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("requestMappingHandlerMapping");
				RoutePricing pricing = context.getBean("x402PropertiesRoutePricing", RoutePricing.class);
				MockHttpServletRequest request = new MockHttpServletRequest("GET", "/a");
				request.setServletPath("/a");
				assertThat(pricing.find(request)).isPresent();
			});
	}

	@Test
	void aPriceThatNoMappingRunsStopsTheStart() {
		this.runner.withUserConfiguration(Unmapped.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidX402ConfigurationException.class)
				.hasMessageContaining("Unmapped#unmapped: no handler mapping runs this method"));
	}

	@Test
	void switchedOffMeansNoFilterForAnOwnGateEither() {
		this.runner.withUserConfiguration(OwnGate.class)
			.withPropertyValues("x402.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void aStrictStartNeedsTheFacilitator() {
		this.runner
			.withPropertyValues("x402.facilitator.url=http://localhost:1", "x402.facilitator.strict-start=true",
					"x402.routes[0].path=/static/goods.txt", "x402.routes[0].price=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(
						"x402.facilitator: route '/static/goods.txt' cannot be paid: [session on stellar:testnet"));
		this.runner
			.withPropertyValues("x402.facilitator.url=http://localhost:1", "x402.routes[0].path=/static/goods.txt",
					"x402.routes[0].price=1")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	@SuppressWarnings("unchecked")
	void theFacilitatorStopsAskingWithTheApplication() {
		this.runner.withPropertyValues("x402.facilitator.url=http://localhost:1/stops").run((context) -> {
			context.getBean("x402FacilitatorStart", ApplicationListener.class)
				.onApplicationEvent(mock(ApplicationReadyEvent.class));
			List<Thread> threads = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("x402-supported-http://localhost:1/stops"))
				.toList();
			context.close();
			assertThat(threads).hasSize(1);
			threads.get(0).join(Eventually.PATIENCE.toMillis());
			assertThat(threads.get(0).isAlive()).isFalse();
		});
	}

	@Test
	void aPriceWithTooManyDecimalsStopsTheStart() {
		this.runner.withPropertyValues("x402.routes[0].path=/a", "x402.routes[0].price=0.00000001")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("x402.routes[0].price: price '0.00000001' has more than the 7 decimals of the asset"));
		this.runner.withPropertyValues("x402.routes[0].path=/a/{*rest}/b", "x402.routes[0].price=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("x402.routes[0].path: '/a/{*rest}/b' is not a path pattern"));
	}

	@Test
	void aWrongPriceOnAMethodStopsTheStart() {
		this.runner.withUserConfiguration(WrongPrice.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("@X402Price on ")
				.hasMessageContaining("WrongPrice#")
				.hasMessageContaining("price 'free' is not a decimal"));
	}

	@RestController
	static class WrongPrice {

		@GetMapping("/wrong")
		@X402Price("free")
		String wrong() {
			return "";
		}

	}

	private record OrderedCustomizer(int order, List<String> calls) implements X402FilterCustomizer, Ordered {

		@Override
		public void customize(PaymentFilterBuilder builder) {
			this.calls.add(String.valueOf(this.order));
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	@RestController
	static class Goods {

		@GetMapping("/goods/{id}")
		@X402Price("0.10")
		String goods() {
			return "";
		}

	}

	@RestController
	static class Unmapped {

		@X402Price("0.10")
		String unmapped() {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnGate {

		@Bean
		PaymentGate ownGate() {
			return new PaymentGate(FacilitatorOptions.of(URI.create("http://localhost:1")).connect());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnParts {

		@Bean
		CommonTerms ownTerms() {
			return CommonTerms.of("session", "stellar:testnet", null, null, MERCHANT);
		}

		@Bean
		RoutePricing x402AnnotatedRoutePricing() {
			return (request) -> Optional.empty();
		}

		@Bean
		RoutePricing x402PropertiesRoutePricing() {
			return (request) -> Optional.empty();
		}

		@Bean
		HandlerInterceptor x402PaymentBackstop() {
			return new HandlerInterceptor() {
			};
		}

		@Bean
		Object x402StrictStart() {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		Facilitator ownFacilitator() {
			return FacilitatorOptions.of(URI.create("http://localhost:1")).connect();
		}

		@Bean
		PaymentGate ownGate(Facilitator facilitator) {
			return new PaymentGate(facilitator, 100);
		}

		@Bean
		FilterRegistrationBean<PaymentFilter> ownFilter(PaymentGate gate) {
			return new FilterRegistrationBean<>(PaymentFilter.builder(gate, (request) -> Optional.empty()).build());
		}

	}

}

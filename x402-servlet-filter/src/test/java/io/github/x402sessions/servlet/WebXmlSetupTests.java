package io.github.x402sessions.servlet;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.x402sessions.servlet.webxml.FilterParameter;
import io.github.x402sessions.servlet.webxml.FilterParameters;
import io.github.x402sessions.servlet.webxml.FilterValue;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

class WebXmlSetupTests {

	private final InitParameters parameters = InitParameters.complete();

	@Test
	void aCompleteConfigurationStarts() {
		assertThatCode(this.parameters::filter).doesNotThrowAnyException();
		this.parameters.with("connectTimeout", "500ms")
			.with("readTimeout", " PT90S ")
			.with("network", "stellar:pubnet")
			.with("scheme", "exact")
			.with("asset", "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC")
			.with("assetDecimals", "2")
			.with("holdBudget", "0")
			.with("maxHeaderLength", "4096")
			.with("maxResponseHeaderSize", "16384")
			.with("facilitatorAuthorization", "Bearer secret")
			.with("publicBaseUrl", "https://shop.example")
			.with("settlement", "during-handler")
			.with("requireIdentifier", "true")
			.with("serviceName", "Quotes")
			.with("serviceTags", "quotes, finance")
			.with("serviceIconUrl", "https://shop.example/icon.png")
			.with("answerRetention", "1h")
			.with("answerMemory", "1048576")
			.with("startCheck", "false")
			.with("strictStart", "false");
		assertThatCode(this.parameters::filter).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					facilitatorUrl  |                  | facilitatorUrl: no facilitator to verify and settle. Set it to
					facilitatorUrl  | localhost:4021   | facilitatorUrl: 'localhost:4021' is not a URL that can be called. Set it to
					facilitatorUrl  | http://a b       | facilitatorUrl: 'http://a b' is not a URL that can be called. Set it to
					connectTimeout  | soon             | connectTimeout: 'soon' is not a duration. Set it to a positive duration
					readTimeout     | 0s               | readTimeout: '0s' is not a duration. Set it to a positive duration
					readTimeout     | PT-1S            | readTimeout: 'PT-1S' is not a duration. Set it to a positive duration
					payTo           |                  | payTo: nobody to pay to. Set it to the address
					payTo           | GABC             | payTo: 'GABC' is not a Stellar address
					network         | stellar:mainnet  | network: network 'stellar:mainnet' is not known
					network         | eip155:8453      | asset: there is no default asset on eip155:8453
					asset           | USDC             | asset: 'USDC' is not a contract id
					assetDecimals   | seven            | assetDecimals: 'seven' is not a whole number. Set it to a whole number of 0
					holdBudget      | -1               | holdBudget: '-1' is not a whole number
					publicBaseUrl   | shop.example     | publicBaseUrl: 'shop.example' is not a URL of a server. Set it to
					settlement      | later            | settlement: 'later' is no time to settle at. Set it to at-commit,
					requireIdentifier | maybe          | requireIdentifier: 'maybe' is neither true nor false
					serviceName     | 12345678901234567890123456789012X | serviceName: the service's name must be 1 to 32
					serviceTags     | a,b,c,d,e,f      | serviceTags: the service's tags must be at most 5
					serviceTags     | a,,b             | serviceTags: the service's tags must be at most 5
					serviceIconUrl  | icon.png         | serviceIconUrl: the service's icon URL must be an absolute
					pageEnabled     | perhaps          | pageEnabled: 'perhaps' is neither true nor false
					pageLogo        | //cdn.example/a.png | pageLogo: it is neither a path of this server nor
					pageLogo        | https://cdn.example/a.png | pageLogo: it is neither a path of this server nor
					pageAccent      | red;}            | pageAccent: it is no colour of the form #rrggbb. Set it to a
					pageDevnetUrl   | localhost:8000   | pageDevnetUrl: it is no URL that a page can call. Set it to
					pageDevnetUrl   | http://a b/      | pageDevnetUrl: it is no URL that a page can call. Set it to
					strictStart     | yes              | strictStart: 'yes' is neither true nor false. Set it to one of the two
					startCheck      | no               | startCheck: 'no' is neither true nor false. Set it to one of the two
					strictStart     | true             | strictStart: route '/api/quote' cannot be paid:
					answerRetention | 0s               | answerRetention: '0s' is not a duration
					answerMemory    | 0                | answerMemory: '0' is not a whole number
					maxHeaderLength | 0                | maxHeaderLength: '0' is not a whole number. Set it to a whole number of 1
					routes          |                  | routes: no route has a price. Write one line a route
					routes          | # nothing        | routes: no route has a price. Write one line a route
					routes          | GET /a free      | routes, line 1: price 'free' is not a decimal such as 0.10. Set the price to
					routesFile      | /WEB-INF/routes  | routesFile: there is routes too. Keep one of the two
					payto           | GABC             | payto: there is no such parameter. The parameters are facilitatorUrl,
					""")
	void aWrongParameterStopsTheStartAndIsNamed(String name, String value, String message) {
		this.parameters.with(name, (value != null) ? value : "");
		assertThatExceptionOfType(ServletException.class).isThrownBy(this.parameters::filter)
			.withMessageStartingWith("Filter 'payments' cannot charge. " + message)
			.withMessageEndingWith(".");
	}

	@Test
	void termsThatCanNeverBeSentStopTheStart() {
		this.parameters.with("routes", "GET /api/quote 0.01 " + "x".repeat(6000));
		assertThat(failure()).contains("maxResponseHeaderSize: the terms of route '/api/quote' do not fit into");
		this.parameters.with("maxResponseHeaderSize", "16384");
		assertThatCode(this.parameters::filter).doesNotThrowAnyException();
	}

	@Test
	void aSecretThatCannotBeSentIsNotShown() {
		this.parameters.environment.put("X402_FACILITATOR_AUTHORIZATION", "Bearer \u00fcber\ngeheim");
		assertThat(failure()).contains("X402_FACILITATOR_AUTHORIZATION: it cannot be sent as a header")
			.doesNotContain("geheim");
	}

	@Test
	void missingParametersStopTheStart() {
		for (String name : new String[] { "facilitatorUrl", "payTo", "routes" }) {
			assertThatExceptionOfType(ServletException.class)
				.isThrownBy(() -> InitParameters.complete().without(name).filter())
				.withMessageContaining("cannot charge. " + name + ": ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyParameterCanBeGivenInThreePlaces(FilterParameter parameter) {
		InitParameters all = new InitParameters().with(parameter.initName(), "1");
		all.environment.put(parameter.environmentName(), "2");
		all.properties.put(parameter.propertyName(), "3");
		FilterParameters found = all.parameters();
		assertThat(found.find(parameter, FilterValue.Source.INIT_PARAMETER).orElseThrow().text()).isEqualTo("1");
		assertThat(found.find(parameter, FilterValue.Source.ENVIRONMENT).orElseThrow().text()).isEqualTo("2");
		assertThat(found.text(parameter)).isEqualTo("3");
		assertThat(found.name(parameter)).isEqualTo(parameter.propertyName());
	}

	@Test
	void namesFollowTheCustomsOfTheirPlaces() {
		assertThat(FilterParameter.FACILITATOR_URL.initName()).isEqualTo("facilitatorUrl");
		assertThat(FilterParameter.FACILITATOR_URL.environmentName()).isEqualTo("X402_FACILITATOR_URL");
		assertThat(FilterParameter.FACILITATOR_URL.propertyName()).isEqualTo("x402.facilitator-url");
	}

	@Test
	void outsideOfTheWarWins() {
		this.parameters.environment.put("X402_PAY_TO", "GENV");
		assertThat(failure()).contains("X402_PAY_TO: 'GENV' is not");
		this.parameters.properties.put("x402.pay-to", "GPROP");
		assertThat(failure()).contains("x402.pay-to: 'GPROP' is not");
		this.parameters.properties.put("x402.pay-to", " ");
		assertThat(failure()).contains("X402_PAY_TO: 'GENV' is not");
		this.parameters.environment.put("X402_PAY_TO", "");
		assertThatCode(this.parameters::filter).doesNotThrowAnyException();
	}

	@Test
	void routesFromOutsideReplaceThoseOfTheWar(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("routes.txt"), "# prices\n\nGET /api/quote free\n");
		this.parameters.environment.put("X402_ROUTES_FILE", file.toString());
		assertThat(failure()).contains("X402_ROUTES_FILE '" + file + "', line 3: price 'free'");
		Files.writeString(file, "# none");
		assertThat(failure()).contains("X402_ROUTES_FILE: no route has a price");
		Files.writeString(file, "GET /api/quote 0.02");
		assertThatCode(this.parameters::filter).doesNotThrowAnyException();
	}

	@Test
	void aFilterThatWasNeverInitialisedLetsNothingThrough() {
		HttpServletRequest request = nothing(HttpServletRequest.class);
		HttpServletResponse response = nothing(HttpServletResponse.class);
		assertThatIllegalStateException()
			.isThrownBy(() -> new PaymentFilter().doFilter(request, response, (passed, through) -> fail("it passes")));
	}

	private static <T> T nothing(Class<T> type) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> null));
	}

	private String failure() {
		try {
			this.parameters.filter();
		}
		catch (ServletException ex) {
			return ex.getMessage();
		}
		throw new AssertionError("the filter has started");
	}

}

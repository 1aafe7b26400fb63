package io.github.x402sessions.servlet.webxml;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.InitParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Routes as text: lines, and the properties file of lines.
 */
class RouteLineTests {

	@Test
	void aLineIsMethodPathPriceAndDescription() {
		assertThat(RouteLine.parse("here", " post\t/api/chat  0.10  AI  chat, # 1 "))
			.isEqualTo(new RouteLine("here", RouteMethod.of("POST"), "/api/chat", "0.10", null, "AI  chat, # 1"));
		assertThat(RouteLine.parse("here", "* /api/* $1"))
			.isEqualTo(new RouteLine("here", RouteMethod.ALL, "/api/*", "$1", null, null));
		assertThat(RouteLine.parse("here", "* /api/* 1 [before-handler] All of it [sic]")).isEqualTo(new RouteLine(
				"here", RouteMethod.ALL, "/api/*", "1", SettlementTiming.BEFORE_HANDLER, "All of it [sic]"));
		assertThat(RouteLine.parse("here", "GET /a 1 [deferred]").timing()).isEqualTo(SettlementTiming.DEFERRED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/api/chat 0.10            | here: '/api/chat' is not an HTTP method, nor * for all. Write METHOD PATH PRICE
					GET                       | here: path is missing. Write METHOD PATH PRICE
					GET /api/chat             | here: price is missing. Write METHOD PATH PRICE
					GET /api/chat?x=1 0.10    | here: no request has the path '/api/chat?x=1'
					GET /api/chat;x=1 0.10    | here: no request has the path
					GET /api/%70aid 0.10      | here: no request has the path
					GET /api//chat 0.10       | here: no request has the path
					GET /x/../api 0.10        | here: no request has the path
					GET /api/. 0.10           | here: no request has the path
					GET /api/chat 0.10 [soon] | here: 'soon' is no time to settle at. Set it to at-commit, before-handler, during
					""")
	void aLineThatWouldNeverChargeIsRefused(String line, String message) {
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> RouteLine.parse("here", line))
			.withMessageStartingWith(message);
	}

	@Test
	void blankLinesAndCommentsSayNothing() {
		assertThat(RoutesText.read("here", "\n# a comment\r\n  \n\tGET /.well-known/a 1\n  # another\n* /b/* 2 b"))
			.extracting(RouteLine::place, RouteLine::path)
			.containsExactly(tuple("here, line 4", "/.well-known/a"), tuple("here, line 6", "/b/*"));
	}

	@Test
	void aPropertiesFileHasALineInEveryValue() {
		assertThat(RoutesProperties.read("here", "# prices\nchat = POST /api/chat 0.10 AI chat\nquote: GET /quote 1"))
			.containsExactly(
					new RouteLine("here, key 'chat'", RouteMethod.of("POST"), "/api/chat", "0.10", null, "AI chat"),
					new RouteLine("here, key 'quote'", RouteMethod.of("GET"), "/quote", "1", null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a = GET /a 1\\na = GET /b 1 | here, key 'a': the key is there twice. Give
			a = GET /a                  | here, key 'a': price is missing. Write
			a = \\u00                   | here: it is not a properties file:
			""")
	void aWrongPropertiesFileIsRefused(String text, String message) {
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> RoutesProperties.read("here", text.replace("\\n", "\n")))
			.withMessageStartingWith(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/WEB-INF/routes.txt", "classpath:routes-of-tests.txt", "/WEB-INF/routes.properties" })
	void routesAreReadFromWhereTheyAre(String location) {
		InitParameters parameters = InitParameters.complete();
		parameters.resources
			.putAll(Map.of("/WEB-INF/routes.txt", "GET /für 1", "/WEB-INF/routes.properties", "a = GET /für 1"));
		assertThat(new RoutesFile(parameters.context()).read(value(location))).extracting(RouteLine::path)
			.containsExactly("/für");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/WEB-INF/none.txt", "classpath:none.txt", "/no/such/file", "\0" })
	void aFileThatIsNotThereIsNamed(String location) {
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> new RoutesFile(InitParameters.complete().context()).read(value(location)))
			.withMessageStartingWith("routesFile: '" + location + "' cannot be read (");
	}

	@Test
	void twoPricesForOnePathAreRefused() {
		List<RouteLine> lines = RoutesText.read("routes", "GET /a 1\nGET /a 2");
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> FilterRoutes.table(lines,
				CommonTerms.of("session", "stellar:testnet", null, null, InitParameters.MERCHANT),
				UnaryOperator.identity()))
			.withMessageStartingWith("routes, line 2: path '/a' has two prices");
	}

	private static FilterValue value(String text) {
		return new FilterValue(FilterValue.Source.INIT_PARAMETER, "routesFile", text);
	}

}

package io.github.x402sessions.servlet.hold;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.servlet.Container;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What a handler can do to its response and read back, on every container. The assertions
 * run inside the handler.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class HeldResponseTests {

	/** Of {@code jakarta} or, in the tests of the javax jar, of {@code javax}. */
	private static final String API = ServletResponse.class.getPackageName();

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@AfterEach
	void close() {
		if (this.shop != null) {
			this.shop.close();
		}
	}

	@Test
	void headersReadBackAsSet() throws Exception {
		assertThat(pay((request, response) -> {
			response.setHeader("X-One", "a");
			response.addHeader("x-one", "b");
			response.addHeader("X-Outer", "more");
			response.setIntHeader("X-Int", 1);
			response.addIntHeader("X-Int", 2);
			response.setDateHeader("X-Date", 0);
			response.addDateHeader("X-Date", 1000);
			response.setHeader("X-Gone", "x");
			response.setHeader("X-Gone", null);
			assertThat(response.getHeaders("X-ONE")).containsExactly("a", "b");
			assertThat(response.getHeaders("X-Outer")).containsExactly("kept", "more");
			assertThat(response.getHeaders("X-Int")).containsExactly("1", "2");
			assertThat(response.getHeader("X-Date")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
			assertThat(response.containsHeader("X-Gone")).isFalse();
			assertThat(response.getHeaderNames()).contains("X-One", "X-Outer", "X-Int").doesNotContain("X-Gone");
			response.setHeader("Content-Length", "4");
			assertThat(response.getHeader("content-length")).isEqualTo("4");
			response.getWriter().print("done");
		})).containsExactly("200", "done");
	}

	@Test
	void contentTypeAndEncodingFollowTheSpecification() throws Exception {
		assertThat(pay((request, response) -> {
			response.setHeader("Content-Type", "text/plain; charset=UTF-16LE");
			assertThat(response.getCharacterEncoding()).isEqualTo("UTF-16LE");
			response.setCharacterEncoding("UTF-8");
			assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
			assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
			response.getWriter().print("dönе");
			response.setContentType("text/html;charset=ISO-8859-1");
			assertThat(response.getCharacterEncoding()).isEqualTo("UTF-8");
			response.setLocale(Locale.GERMAN);
			assertThat(response.getLocale()).isEqualTo(Locale.GERMAN);
		})).containsExactly("200", "dönе");
	}

	@Test
	void resetForgetsEverythingHeld() throws Exception {
		assertThat(pay((request, response) -> {
			response.setStatus(201);
			response.setHeader("X-Goods", "x");
			response.getWriter().print("wrong");
			assertThatIllegalStateException().isThrownBy(response::getOutputStream);
			response.reset();
			assertThat(response.getStatus()).isEqualTo(200);
			assertThat(response.containsHeader("X-Goods")).isFalse();
			response.getOutputStream().print("right");
			assertThatIllegalStateException().isThrownBy(response::getWriter);
		})).containsExactly("200", "right");
	}

	@Test
	void resetBufferForgetsTheBodyOnly() throws Exception {
		assertThat(pay((request, response) -> {
			response.setStatus(201);
			response.getWriter().print("wrong");
			response.resetBuffer();
			response.getWriter().print("right");
		})).containsExactly("201", "right");
	}

	@Test
	void anEndingCommitsAndDropsWhatFollows() throws Exception {
		assertThat(pay((request, response) -> {
			response.getWriter().print("lost");
			response.sendRedirect("/elsewhere");
			assertThat(response.isCommitted()).isTrue();
			response.getWriter().print("lost");
			response.setStatus(200);
			assertThatIllegalStateException().isThrownBy(() -> response.sendError(500));
		})).first().isEqualTo("302");
	}

	@Test
	void aFlushCommits() throws Exception {
		assertThat(pay((request, response) -> {
			response.getWriter().print("a");
			assertThat(response.isCommitted()).isFalse();
			response.flushBuffer();
			assertThat(response.isCommitted()).isTrue();
			assertThatIllegalStateException().isThrownBy(response::reset);
			response.setHeader("X-Late", "x");
			response.getWriter().print("b");
		})).containsExactly("200", "ab");
	}

	@Test
	void aClosedBodyIsDone() throws Exception {
		assertThat(pay((request, response) -> {
			response.getWriter().print("a");
			response.getWriter().close();
		})).containsExactly("200", "a");
	}

	@Test
	void aClosedBodyHasItsLength() throws Exception {
		pay((request, response) -> {
			response.getWriter().print("done");
			response.getWriter().close();
			response.flushBuffer();
		});
		for (String path : new String[] { "/free/it", "/paid/it" }) {
			assertThat(this.shop.pay(path).headers().firstValue("Content-Length")).as(path).hasValue("4");
		}
	}

	@Test
	@Tag("servlet-6.1")
	void redirectsOfEveryFormAreHeld() throws Exception {
		assertThat(pay((request, response) -> response.sendRedirect("/elsewhere", 303))).first().isEqualTo("303");
	}

	/** Only {@code javax} has this method. */
	@Test
	void aStatusWithAMessageIsHeld() throws Exception {
		Optional<Method> setStatus = Stream.of(HttpServletResponse.class.getMethods())
			.filter((method) -> method.getName().equals("setStatus") && method.getParameterCount() == 2)
			.findFirst();
		assumeThat(setStatus).isPresent();
		assertThat(pay((request, response) -> call(setStatus.orElseThrow(), response, 404, "not here"))).first()
			.isEqualTo("404");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	private static void call(Method method, Object target, Object... arguments) {
		try {
			method.invoke(target, arguments);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void nothingOfTheWrapperReachesTheRawResponseUnseen() {
		Set<String> harmless = Set.of("getResponse", "setResponse", "isWrapperFor", "encodeURL", "encodeRedirectURL",
				"encodeUrl", "encodeRedirectUrl", "getBufferSize", "setBufferSize", "getTrailerFields");
		assertThat(HeldResponse.class.getMethods())
			.filteredOn((method) -> method.getDeclaringClass().getName().startsWith(API))
			.extracting(Method::getName)
			.allSatisfy((name) -> assertThat(harmless).contains(name));
	}

	private List<String> pay(Handlers.Handler handler) throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", handler));
		var response = this.shop.pay("/paid/it");
		return List.of(Integer.toString(response.statusCode()), response.body());
	}

}

package io.github.x402sessions.spring.free;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.spring.RunningShop;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

import static io.github.x402sessions.spring.free.FreeShop.ALICE;
import static io.github.x402sessions.spring.free.FreeShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who pays nothing and who has calls left for the day gets them, and nobody else.
 */
class FreeCallsTests {

	private static final String[] ROUTES = { "x402.routes[0].path=/articles/*", "x402.routes[0].price=0.02",
			"x402.routes[0].free-for=hasRole('MEMBER')", "x402.routes[0].free-per-day=2",
			"management.endpoints.web.exposure.include=x402", "spring.autoconfigure.exclude="
					+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration" };

	private static RunningShop shop;

	@BeforeAll
	static void start() {
		shop = new RunningShop(FreeShop.class, ROUTES);
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void membersPayNothingAndOthersPay() throws Exception {
		assertThat(ask("/chat", ALICE)).isEqualTo("200 free");
		assertThat(ask("/chat", BOB)).isEqualTo("402 1000000");
		assertThat(shop.ask("/chat")).isEqualTo("402 1000000");
		assertThat(shop.ask("/chat", "Authorization", BOB, PaymentHeader.SIGNATURE, shop.paymentFor("/chat")))
			.isEqualTo("200 paid");
		assertThat(ask("/shelf", ALICE)).isEqualTo("200 shelf");
		assertThat(ask("/articles/7", ALICE)).isEqualTo("200 7");
	}

	@Test
	void aFreeAnswerIsPrivateAndHasNoReceipt() throws Exception {
		HttpResponse<String> answer = shop.send("/chat", "Authorization", ALICE);
		assertThat(answer.headers().firstValue("Cache-Control"))
			.hasValueSatisfying((value) -> assertThat(value).contains("private").doesNotContain("public"));
		assertThat(answer.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
	}

	@Test
	void aPaymentOfWhoPaysNothingIsNotTouched() throws Exception {
		String payment = shop.paymentFor("/chat");
		int settled = shop.settles();
		assertThat(shop.ask("/chat", "Authorization", ALICE, PaymentHeader.SIGNATURE, payment)).isEqualTo("200 free");
		assertThat(shop.settles()).isEqualTo(settled);
	}

	@Test
	void whoIsNotLoggedInPaysWhateverTheExpressionSays() throws Exception {
		assertThat(shop.ask("/logged-in")).isEqualTo("402 1000000");
		assertThat(ask("/logged-in", BOB)).isEqualTo("200 goods");
		assertThat(shop.send("/chat", "Authorization", "Basic YWxpY2U6d3Jvbmc=").statusCode()).isEqualTo(401);
	}

	@Test
	void anExpressionThatFailsChargesAndSaysSoOnce() throws Exception {
		try (CapturedLog log = CapturedLog.of(SecurityExpressions.class, Level.WARN)) {
			assertThat(ask("/failing", ALICE)).isEqualTo("402 1000000");
			assertThat(ask("/failing", ALICE)).isEqualTo("402 1000000");
			assertThat(log.messages()).singleElement().asString().contains("@missing", "charged");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs/bob", "/docs/Alice", "/docs/alice%2F", "/docs/bob;owner=alice",
			"/docs/bob?owner=alice" })
	void variablesAreThoseThatTheHandlerSees(String path) throws Exception {
		assertThat(ask("/docs/alice", ALICE)).isEqualTo("200 of alice");
		assertThat(ask("/docs/%61lice", ALICE)).isEqualTo("200 of alice");
		assertThat(ask(path, ALICE)).doesNotStartWith("200");
	}

	@Test
	void eachCallerHasSoManyADayOfEachMethod() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(shop.ask("/trial")).isEqualTo("200 goods");
			assertThat(ask("/trial", BOB)).isEqualTo("200 goods");
		}
		assertThat(shop.ask("/trial")).isEqualTo("402 1000000");
		assertThat(ask("/trial", BOB)).isEqualTo("402 1000000");
		assertThat(ask("/trial", ALICE)).isEqualTo("200 goods");
		assertThat(shop.ask("/shelf")).isEqualTo("200 shelf");
		assertThat(shop.ask("/desk")).isEqualTo("200 desk");
		assertThat(shop.ask("/desk")).isEqualTo("402 500000");
		assertThat(List.of(shop.ask("/articles/1"), shop.ask("/articles/2"), shop.ask("/articles/3")))
			.containsExactly("200 1", "200 2", "402 200000");
	}

	@Test
	void membersUseNoFreeCallsUp() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(ask("/shelf", ALICE)).isEqualTo("200 shelf");
		}
	}

	@Test
	void whatWouldHaveCostNothingDoesNotCount() throws Exception {
		String carol = FreeShop.login("carol");
		for (int status : new int[] { 500, 503, 404, 400, 500 }) {
			assertThat(shop.send("/trial?status=" + status, "Authorization", carol).statusCode()).isEqualTo(status);
		}
		assertThat(shop.method("HEAD", "/trial", "Authorization", carol).statusCode()).isEqualTo(402);
		assertThat(shop.send("/trial", "Authorization", carol, "X-Banned", "yes").statusCode()).isEqualTo(403);
		assertThat(List.of(ask("/trial", carol), ask("/trial", carol), ask("/trial?status=302", carol),
				ask("/trial", carol)))
			.containsExactly("200 goods", "200 goods", "302 goods", "402 1000000");
	}

	@Test
	void whoPaysPays() throws Exception {
		String dave = FreeShop.login("dave");
		int settled = shop.settles();
		String payment = shop.paymentFor("/chat");
		assertThat(shop.ask("/trial", "Authorization", dave, PaymentHeader.SIGNATURE, payment)).isEqualTo("200 goods");
		assertThat(shop.settles()).isEqualTo(settled + 1);
		assertThat(List.of(ask("/trial", dave), ask("/trial", dave), ask("/trial", dave), ask("/trial", dave)))
			.containsExactly("200 goods", "200 goods", "200 goods", "402 1000000");
	}

	@Test
	void ofManyAtOnceNoMoreAreFree() throws Exception {
		String erin = FreeShop.login("erin");
		assertThat(burst(40, () -> shop.send("/trial", "Authorization", erin).statusCode()))
			.filteredOn((status) -> status == 200)
			.hasSize(3);
	}

	@Test
	void aFreeCallBuysNoWebSocket() throws Exception {
		String login = FreeShop.login("frank");
		String request = "GET /trial HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + login
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n";
		try (Socket socket = new Socket("localhost", shop.port())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 400")
				.contains("protocol-change")
				.doesNotContain("goods");
		}
		assertThat(List.of(ask("/trial", login), ask("/trial", login), ask("/trial", login), ask("/trial", login)))
			.containsExactly("200 goods", "200 goods", "200 goods", "402 1000000");
	}

	/** How somebody becomes a member is no business of strangers. */
	@Test
	void whatIsFreeIsShown() throws Exception {
		String trial = "\"freePerDay\":3";
		assertThat(shop.ask("/actuator/x402")).contains("\"freeFor\":\"hasRole('MEMBER')\"", trial);
		assertThat(shop.ask("/v3/api-docs")).contains(trial).doesNotContain("MEMBER");
		assertThat(shop.ask("/.well-known/x402")).contains(trial).doesNotContain("MEMBER");
	}

	@Test
	void aTestWithoutAPortSeesTheSame() throws Exception {
		WebApplicationContext context = shop.bean(DispatcherServlet.class).getWebApplicationContext();
		MockMvcTester mvc = MockMvcTester.from(context,
				(builder) -> builder
					.addFilters(context.getBean("springSecurityFilterChain", Filter.class),
							context.getBean("x402PaymentFilter", FilterRegistrationBean.class).getFilter())
					.build());
		assertThat(mvc.get().uri("/docs/alice").header("Authorization", ALICE)).hasStatusOk();
		assertThat(mvc.get().uri("/docs/alice").header("Authorization", BOB)).hasStatus(402);
		assertThat(mvc.get().uri("/chat")).hasStatus(402);
	}

	private static List<Integer> burst(int count, Callable<Integer> call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<Integer> answers = new ArrayList<>();
			for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(count, call))) {
				answers.add(answer.get());
			}
			return answers;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static String ask(String path, String login) throws Exception {
		return shop.ask(path, "Authorization", login);
	}

}

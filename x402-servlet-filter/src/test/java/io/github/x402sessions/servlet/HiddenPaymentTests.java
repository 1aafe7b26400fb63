package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.payment.PaymentListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payment goes to the filter and no further, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class HiddenPaymentTests {

	private static final String UNSEEN = "none, 0, 0 of 1, -1, -1";

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@AfterEach
	void close() {
		this.shop.close();
	}

	static Stream<String> paths() {
		return Stream.of("/paid/direct", "/paid/forward", "/paid/include", "/paid/async", "/paid/started",
				"/free/direct", "/free/forward", "/free/async", "/free/started");
	}

	@ParameterizedTest
	@MethodSource("paths")
	void nothingBehindTheFilterSeesIt(String path) throws Exception {
		open((builder) -> {
		});
		assertThat(ask(path)).contains(UNSEEN).doesNotContain(PaidContainer.payment());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/paid/direct", "/paid/async", "/paid/started" })
	void whereItIsNotNeededItIsNotSeenEither(String path) throws Exception {
		open((builder) -> builder.listener(new PaymentListener() {

			@Override
			public Access onRequest(HttpServletRequest request, PricedRoute route) {
				return Access.GRANT;
			}

		}));
		assertThat(ask(path)).isEqualTo(UNSEEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/paid/direct", "/free/direct" })
	void whoNeedsItMayHaveIt(String path) throws Exception {
		open((builder) -> builder.keepPaymentHeaders(true));
		assertThat(ask(path)).startsWith(PaidContainer.payment() + ", 1, 2 of 3");
	}

	private String ask(String path) throws IOException, InterruptedException {
		return this.shop
			.get(path, PaymentHeader.SIGNATURE, PaidContainer.payment(), "x-payment", PaidContainer.payment(),
					"X-Other", "seen")
			.body();
	}

	private void open(Consumer<PaymentFilterBuilder> customizer) throws Exception {
		Map<String, Handlers.Handler> handlers = Map.of("direct", HiddenPaymentTests::print, "forward",
				(request, response) -> request.getRequestDispatcher("/free/direct").forward(request, response),
				"include",
				(request, response) -> request.getRequestDispatcher("/free/direct").include(request, response), "async",
				(request, response) -> request.startAsync().dispatch("/free/direct"), "started",
				(request, response) -> goOn(request.startAsync()));
		this.shop = new PaidContainer(this.kind, handlers, (route) -> route, customizer);
	}

	/** Print with what the container says that goes on. */
	private static void goOn(AsyncContext async) throws IOException {
		print((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
		async.complete();
	}

	/** Print what there is to see of the headers, in every way to look. */
	private static void print(HttpServletRequest request, HttpServletResponse response) throws IOException {
		List<String> names = Collections.list(request.getHeaderNames());
		long payments = names.stream()
			.filter((name) -> name.equalsIgnoreCase(PaymentHeader.SIGNATURE) || name.equalsIgnoreCase("X-PAYMENT"))
			.count();
		long ours = names.stream().filter((name) -> name.equalsIgnoreCase("X-Other")).count() + payments;
		String value = request.getHeader("payment-signature");
		response.getWriter()
			.print(((value != null) ? value : "none") + ", "
					+ Collections.list(request.getHeaders(PaymentHeader.SIGNATURE)).size() + ", " + payments + " of "
					+ ours);
		if (value == null) {
			response.getWriter()
				.print(", " + request.getDateHeader("X-Payment") + ", " + request.getIntHeader("Payment-Signature"));
		}
	}

}

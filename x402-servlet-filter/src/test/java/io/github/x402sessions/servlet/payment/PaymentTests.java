package io.github.x402sessions.servlet.payment;

import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.ChargeRefusedException;
import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.Container;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What handlers and listeners see of a payment and can do about it, on every container.
 * The assertions on the payment run inside the handler.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class PaymentTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void showsWhatWasVerified() throws Exception {
		open((request, response) -> {
			Payment payment = RequestPayment.of(request).orElseThrow();
			assertThat(payment.payer()).hasValue("GP");
			assertThat(payment.amount()).isEqualTo(1_000_000);
			assertThat(payment.charged()).isEqualTo(1_000_000);
			assertThat(payment.scheme()).isEqualTo("session");
			assertThat(payment.network()).isEqualTo("stellar:testnet");
			assertThat(payment.asset().decimals()).isEqualTo(7);
			assertThat(payment.remaining()).hasValue(BigInteger.valueOf(42));
		});
		this.shop.facilitator.verdict = new VerifyResponse(true, null, null, "GP",
				Map.of("session", Map.of("remaining", "42")));
		assertThat(this.shop.pay("/paid/it").statusCode()).isEqualTo(200);
	}

	@Test
	void chargesLess() throws Exception {
		open((request, response) -> {
			Payment payment = RequestPayment.of(request).orElseThrow();
			payment.charge("0.05");
			payment.charge("0.03");
			response.getWriter().print(Handlers.GOODS);
		});
		HttpResponse<String> response = this.shop.pay("/paid/it");
		assertThat(PaidContainer.receipt(response).amount()).isEqualTo("300000");
		assertThat(this.shop.facilitator.amounts).containsExactly("300000");
	}

	@Test
	void chargesNothingAtAll() throws Exception {
		open((request, response) -> {
			RequestPayment.of(request).orElseThrow().charge(BigInteger.ZERO);
			response.getWriter().print(Handlers.GOODS);
		});
		HttpResponse<String> response = this.shop.pay("/paid/it");
		assertThat(response.body()).isEqualTo(Handlers.GOODS);
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("private");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void neverChargesMoreNorTooLate() throws Exception {
		open((request, response) -> {
			Payment payment = RequestPayment.of(request).orElseThrow();
			assertThatIllegalArgumentException().isThrownBy(() -> payment.charge("0.11"));
			assertThatIllegalArgumentException().isThrownBy(() -> payment.charge(BigInteger.valueOf(-1)));
			response.flushBuffer();
			assertThatIllegalStateException().isThrownBy(() -> payment.charge("0.01"));
			response.getWriter().print("all of it");
		});
		assertThat(this.shop.pay("/paid/it").body()).isEqualTo("all of it");
		assertThat(this.shop.facilitator.amounts).containsExactly("1000000");
	}

	@Test
	void cannotBeChangedOnceSettlementHasBegun() throws Exception {
		this.shop = new PaidContainer(this.kind,
				Map.of("it",
						(request, response) -> assertThatIllegalStateException()
							.isThrownBy(() -> RequestPayment.of(request).orElseThrow().charge("0.01"))),
				(route) -> route.withTiming(SettlementTiming.BEFORE_HANDLER), (builder) -> {
				});
		assertThat(this.shop.pay("/paid/it").statusCode()).isEqualTo(200);
	}

	@Test
	void isChargedStepByStepUpToWhatWasVerified() throws Exception {
		open((request, response) -> {
			MeteredPayment metered = RequestPayment.metered(request).orElseThrow();
			assertThat(metered.charged()).isZero();
			metered.charge("0.02");
			RequestPayment.metered(request).orElseThrow().charge(BigInteger.valueOf(50_000));
			assertThat(metered.charged()).isEqualTo(250_000);
			assertThat(metered.remaining()).isEqualTo(750_000);
			assertThatExceptionOfType(ChargeRefusedException.class).isThrownBy(() -> metered.charge("0.0750001"));
			assertThatIllegalArgumentException().isThrownBy(() -> metered.charge(BigInteger.ONE.negate()));
			assertThatIllegalStateException().isThrownBy(() -> metered.payment().charge("0.01"));
			assertThat(metered.charged()).isEqualTo(250_000);
		});
		HttpResponse<String> response = this.shop.pay("/paid/it");
		assertThat(PaidContainer.receipt(response).amount()).isEqualTo("250000");
	}

	@Test
	void isNotChargedStepByStepOnceItsSettlementHasBegun() throws Exception {
		open((request, response) -> {
			response.flushBuffer();
			assertThatIllegalStateException().isThrownBy(() -> RequestPayment.metered(request));
			response.getWriter().print("all of it");
		});
		assertThat(this.shop.pay("/paid/it").body()).isEqualTo("all of it");
		assertThat(this.shop.facilitator.amounts).containsExactly("1000000");
	}

	@Test
	void freeRequestsHaveNone() throws Exception {
		AtomicReference<Optional<Payment>> seen = new AtomicReference<>();
		open((request, response) -> {
			seen.set(RequestPayment.of(request));
			assertThat(RequestPayment.metered(request)).isEmpty();
		});
		this.shop.get("/free/it");
		assertThat(seen.get()).isEmpty();
	}

	@Test
	void aListenerGrantsAndDenies() throws Exception {
		this.shop = new PaidContainer(this.kind,
				Map.of("it", (request, response) -> response.getWriter().print("goods")), (route) -> route,
				(builder) -> builder.listener(new PaymentListener() {

					@Override
					public Access onRequest(HttpServletRequest request, PricedRoute route) {
						String key = request.getHeader("X-Key");
						return (key == null) ? Access.CHARGE : Access.valueOf(key);
					}

				}));
		assertThat(this.shop.get("/paid/it", "X-Key", "GRANT").body()).isEqualTo("goods");
		HttpResponse<String> denied = this.shop.get("/paid/it", "X-Key", "DENY", PaymentHeader.SIGNATURE,
				PaidContainer.payment());
		assertThat(denied.statusCode()).isEqualTo(403);
		assertThat(denied.body()).contains("urn:x402-sessions:problem:denied");
		assertThat(this.shop.get("/paid/it").statusCode()).isEqualTo(402);
		assertThat(this.shop.get("/paid/it", "X-Key", "nonsense").statusCode()).isEqualTo(500);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "nothing|private", "public, max-age=60|max-age=60, private",
			"no-store|no-store, private", "add:public|private", "add:no-cache|no-cache, private", "reset|private" })
	void whatIsGrantedToOneIsKeptFromSharedCaches(String cacheControl, String expected) throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", (request, response) -> {
			if (cacheControl.startsWith("add:")) {
				response.addHeader("Cache-Control", cacheControl.substring(4));
			}
			else if (cacheControl.equals("reset")) {
				response.reset();
			}
			else if (!cacheControl.equals("nothing")) {
				response.setHeader("Cache-Control", cacheControl);
			}
			response.getWriter().print("goods");
		}), (route) -> route, (builder) -> builder.listener(granting()));
		HttpResponse<String> granted = this.shop.get("/paid/it");
		assertThat(granted.body()).isEqualTo("goods");
		assertThat(String.join(", ", granted.headers().allValues("Cache-Control"))).isEqualTo(expected);
	}

	@Test
	void whatACacheIsToldAloneIsKeptFromItToo() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", (request, response) -> {
			response.addHeader("CDN-Cache-Control", "max-age=60");
			response.setHeader("Surrogate-Control", "max-age=60");
			response.addHeader("X-Accel-Expires", "60");
			response.setIntHeader("X-Accel-Expires", 60);
			response.addIntHeader("X-Accel-Expires", 600);
			response.setDateHeader("Edge-Control", 1000);
			response.addDateHeader("Edge-Control", 2000);
			response.setIntHeader("CDN-Cache-Control", 1);
			response.addIntHeader("Cache-Control", 1);
			response.addDateHeader("Cache-Control", 1);
			response.addHeader("X-Goods", "goods");
			response.addIntHeader("X-Goods", 7);
			response.setIntHeader("X-Number", 7);
			response.setDateHeader("Expires", 4_000_000_000_000L);
			response.addDateHeader("X-Date", 0);
		}), (route) -> route, (builder) -> builder.listener(granting()));
		HttpHeaders granted = this.shop.get("/paid/it").headers();
		assertThat(granted.allValues("CDN-Cache-Control")).containsExactly("no-store");
		assertThat(granted.allValues("Surrogate-Control")).containsExactly("no-store");
		assertThat(granted.allValues("X-Accel-Expires")).containsExactly("0");
		assertThat(granted.allValues("Edge-Control")).containsExactly("no-store");
		assertThat(String.join(", ", granted.allValues("Cache-Control"))).endsWith(", private");
		assertThat(granted.allValues("X-Goods")).containsExactly("goods", "7");
		assertThat(granted.allValues("X-Number")).containsExactly("7");
		assertThat(granted.allValues("Expires")).containsExactly("Tue, 02 Oct 2096 07:06:40 GMT");
		assertThat(granted.allValues("X-Date")).containsExactly("Thu, 01 Jan 1970 00:00:00 GMT");
	}

	@Test
	void soIsWhatIsAnsweredLater() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", (request, response) -> {
			AsyncContext async = request.startAsync();
			((HttpServletResponse) async.getResponse()).setHeader("Cache-Control", "public, max-age=60");
			async.complete();
		}), (route) -> route, (builder) -> builder.listener(granting()));
		assertThat(this.shop.get("/paid/it").headers().allValues("Cache-Control"))
			.containsExactly("max-age=60, private");
	}

	private static PaymentListener granting() {
		return new PaymentListener() {

			@Override
			public Access onRequest(HttpServletRequest request, PricedRoute route) {
				return Access.GRANT;
			}

		};
	}

	@Test
	void aFailingListenerDoesNotHinderThePayment() throws Exception {
		this.shop = new PaidContainer(this.kind,
				Map.of("it", (request, response) -> response.getWriter().print("goods")), (route) -> route,
				(builder) -> builder.listener(new PaymentListener() {

					@Override
					public void beforeSettle(Payment payment) {
						throw new IllegalStateException("listener");
					}

				}));
		assertThat(this.shop.pay("/paid/it").body()).isEqualTo("goods");
	}

	private void open(Handlers.Handler handler) throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", handler));
	}

}

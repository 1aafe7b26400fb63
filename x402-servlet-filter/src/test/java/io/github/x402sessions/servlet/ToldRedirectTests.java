package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that pays is told where a redirect leads, which its browser keeps from it; all
 * others are redirected.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class ToldRedirectTests {

	private static final String HEADER = "X402-Redirect";

	@Parameter
	Container.Kind kind;

	private final Map<String, Handlers.Handler> handlers = new HashMap<>();

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		Handlers.all().forEach((name, handler) -> {
			if (name.startsWith("redirect")) {
				this.handlers.put(name, handler);
			}
		});
		this.handlers.put("created", (request, response) -> {
			response.setStatus(201);
			response.setHeader("Location", "/" + Handlers.GOODS);
		});
		this.shop = new PaidContainer(this.kind, this.handlers);
		this.shop.facilitator.honouring();
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void whoAsksIsToldWhereAPaidRedirectLeads() throws Exception {
		List<String> redirects = this.handlers.keySet().stream().filter((name) -> !name.equals("created")).toList();
		assertThat(redirects).hasSizeGreaterThan(1);
		for (String name : redirects) {
			String payment = PaidContainer.payment(PaymentIdentifier.random());
			for (String turn : List.of("paid", "repeated")) {
				HttpResponse<String> told = this.shop.get("/paid/" + name, PaymentHeader.SIGNATURE, payment, HEADER,
						"tell");
				assertThat(told.statusCode()).as(name + " " + turn).isEqualTo(200);
				assertThat(told.headers().allValues(HEADER)).as(name + " " + turn)
					.containsExactly("/" + Handlers.GOODS);
				assertThat(told.headers().firstValue("Location")).as(name + " " + turn).isEmpty();
				assertThat(PaidContainer.receipt(told).success()).isTrue();
			}
		}
		assertThat(this.shop.facilitator.settled).hasValue(redirects.size());
	}

	@Test
	void othersAreRedirected() throws Exception {
		HttpResponse<String> redirected = this.shop.pay("/paid/redirect");
		assertThat(redirected.statusCode()).isEqualTo(302);
		assertThat(redirected.headers().firstValue(HEADER)).isEmpty();
		HttpResponse<String> free = this.shop.get("/free/redirect", HEADER, "tell");
		assertThat(free.statusCode()).isEqualTo(302);
		HttpResponse<String> created = this.shop.get("/paid/created", PaymentHeader.SIGNATURE, PaidContainer.payment(),
				HEADER, "tell");
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(created.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).endsWith("/" + Handlers.GOODS));
		HttpResponse<String> unpaid = this.shop.get("/paid/redirect", HEADER, "tell");
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(unpaid.headers().firstValue(HEADER)).isEmpty();
	}

}

package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.core.challenge.ResponseBody;
import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.notice.DeferralWatch;
import io.github.x402sessions.core.facilitator.notice.NoticeCursor;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.terms.ChargedStatuses;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.servlet.payment.RequestPayment;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The README's smaller examples: what stands there are lines of these methods. They run
 * in {@link ReadmeExamplesTests}.
 */
final class ReadmeExamples {

	private ReadmeExamples() {
	}

	static void chargeLess(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Payment payment = RequestPayment.of(request).orElseThrow();
		response.getWriter().print("paid by " + payment.payer().orElse("somebody"));
		payment.charge("0.03");
	}

	static void streamed(HttpServletRequest request, HttpServletResponse response, List<String> words)
			throws IOException {
		MeteredPayment payment = RequestPayment.metered(request).orElseThrow();
		for (String word : words) {
			payment.charge("0.0002");
			response.getWriter().print(word);
			response.flushBuffer();
		}
	}

	static PricedRoute charged(CommonTerms terms) {
		PricedRoute search = terms.route("/search", "0.01", null, null).withCharged(ChargedStatuses.of(List.of("2xx")));
		return search;
	}

	static PricedRoute timing(CommonTerms terms) {
		PricedRoute route = terms.route("/render", "2.00", "A rendered film", "video/mp4")
			.withTiming(SettlementTiming.DURING_HANDLER);
		return route;
	}

	static DeferralWatch followed(Facilitator facilitator, CommonTerms terms) {
		PricedRoute quote = terms.route("/api/quote", "0.01", "A quote", "application/json")
			.withTiming(SettlementTiming.DEFERRED);
		DeferralWatch watch = DeferralWatch.start(facilitator, List.of(quote),
				NoticeCursor.inFile(Path.of("settlements")),
				(recipient, notice) -> System.out.println(notice.id() + " is " + notice.status()));
		return watch;
	}

	static RouteTable perRequest(CommonTerms terms) {
		RouteTable routes = RouteTable.builder()
			.route(RouteMethod.of("GET"), "/print",
					(request) -> terms.route("/print", "duplex".equals(request.getParameter("side")) ? "0.15" : "0.10",
							"A printed page", null))
			.build();
		return routes;
	}

	static PricedRoute severalWays(String payTo, String payToOnBase) {
		PaymentTerms session = PaymentTerms.of("session", "stellar:pubnet", Asset.usdc(Network.STELLAR_PUBNET), "0.10",
				payTo);
		PaymentTerms exact = PaymentTerms.of("exact", "eip155:8453",
				new Asset("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", 6), "0.10", payToOnBase);
		PricedRoute route = new PricedRoute("/api/quote", List.of(session, exact), "A quote", "text/plain");
		return route;
	}

	static PricedRoute named(PricedRoute route) {
		PricedRoute named = route
			.withService(new ServiceInfo("Quotes", List.of("quotes", "finance"), "https://shop.example/icon.png"));
		return named;
	}

	static CompositeFacilitator severalFacilitators(URI first, URI second, String secret) {
		RefreshingFacilitator stellar = RefreshingFacilitator
			.start(FacilitatorEndpoint.of(FacilitatorOptions.of(first)));
		RefreshingFacilitator base = RefreshingFacilitator
			.start(FacilitatorEndpoint.of(FacilitatorOptions.of(second).withAuthorization("Bearer " + secret)));
		CompositeFacilitator facilitator = new CompositeFacilitator(List.of(stellar, base));
		return facilitator;
	}

	static PaymentFilter options(PaymentGate gate, RoutePricing routes, PaymentListener staff) {
		PaymentFilter filter = PaymentFilter.builder(gate, routes)
			.publicBaseUrl(URI.create("https://shop.example"))
			.responseStore(ResponseStore.inMemory(Duration.ofHours(1), 64L * 1024 * 1024))
			.challengeBody((request, route, required, failure) -> ResponseBody.of("text/plain",
					route.name() + " costs " + required.accepts().get(0).amount() + " base units"))
			.listener(staff)
			.build();
		return filter;
	}

	/** Beside a filter in web.xml. */
	static final class Settlements implements ServletContextListener {

		private DeferralWatch watch;

		@Override
		public void contextInitialized(ServletContextEvent event) {
			URI url = URI.create(System.getProperty("x402.facilitator-url"));
			String payTo = System.getProperty("x402.pay-to");
			FacilitatorOptions options = FacilitatorOptions.of(url)
				.withAuthorization(System.getProperty("x402.facilitator-authorization"));
			PricedRoute any = CommonTerms.of("session", "stellar:testnet", null, null, payTo)
				.route("any", "0.01", null, null)
				.withTiming(SettlementTiming.DEFERRED);
			this.watch = DeferralWatch.start(FacilitatorEndpoint.of(options), List.of(any),
					NoticeCursor.inFile(Path.of("settlements")),
					(recipient, notice) -> event.getServletContext().log(notice.id() + " is " + notice.status()));
		}

		@Override
		public void contextDestroyed(ServletContextEvent event) {
			this.watch.close();
		}

	}

	/** Staff pay nothing, and refunds are somebody's work. */
	static final class Staff implements PaymentListener {

		@Override
		public Access onRequest(HttpServletRequest request, PricedRoute route) {
			return request.isUserInRole("staff") ? Access.GRANT : Access.CHARGE;
		}

		@Override
		public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
			System.out.println("refund " + receipt.transaction());
		}

	}

	static PaymentGate signing(Facilitator facilitator, String secret) {
		OfferSigner signer = OfferSigner.builder(DidWeb.parse("did:web:shop.example"), OfferKey.ofSecret(secret))
			.build();
		PaymentGate gate = new PaymentGate(facilitator, 8192, List.of(signer.offers()), List.of(signer.receipts()));
		return gate;
	}

}

package io.github.x402sessions.samples.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A Tomcat that sells pages and files on a local ledger: at {@code /shop} by a filter
 * made in code, at {@code /xml} by one that reads init parameters as those of a
 * {@code web.xml}.
 */
final class PaidShop implements AutoCloseable {

	/** What each thing costs, base units. */
	static final long PRICE = 100_000;

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="de"><head><title>Bericht</title><link rel="stylesheet" href="style.css">
			<script>window.inline = "ran";</script></head>
			<body><h1>Bericht %d für Sie</h1><a href="second">more</a><script src="script.js"></script></body></html>
			""";

	private final LocalStellar stellar = LocalStellar
		.start(new LocalSettings(0, Duration.ofMillis(200), 0, null, Map.of("poll-interval", "50ms"), 0));

	private final RefreshingFacilitator facilitator = RefreshingFacilitator
		.start(FacilitatorEndpoint.of(FacilitatorOptions.of(this.stellar.facilitator().url())));

	private final Tomcat tomcat = new Tomcat();

	/** How often something was sold. */
	final AtomicInteger sold = new AtomicInteger();

	PaidShop() throws Exception {
		this.tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
		this.tomcat.setPort(0);
		PaymentTerms exact = terms("exact");
		RouteTable.Builder routes = RouteTable.builder();
		for (String path : List.of("/report", "/second", "/data.csv", "/file.pdf", "/picture.svg", "/foreign",
				"/private", "/moved", "/broken")) {
			PricedRoute route = new PricedRoute(path, List.of(terms("session"), exact), "The <b>report</b> & more",
					null);
			routes.route(RouteMethod.of("GET"), path,
					path.equals("/broken") ? route.withTiming(SettlementTiming.BEFORE_HANDLER) : route);
		}
		PayPage page = new PayPage(true, "Reports & Sons", "/shop/logo.svg", "#ffcc00", devnet());
		context("/shop", PaymentFilter.builder(new PaymentGate(this.facilitator), routes.build()).page(page).build(),
				Map.of());
		context("/xml", new PaymentFilter(),
				Map.of("facilitatorUrl", this.stellar.facilitator().url().toString(), "payTo", this.stellar.merchant(),
						"routes", "GET /report 0.01 A report", "pageName", "By web.xml", "pageDevnetUrl",
						devnet().toString()));
		this.tomcat.getConnector();
		this.tomcat.start();
	}

	private PaymentTerms terms(String scheme) {
		return PaymentTerms.of(scheme, Network.STELLAR_TESTNET.id(), Asset.usdc(Network.STELLAR_TESTNET), "0.01",
				this.stellar.merchant());
	}

	URI devnet() {
		return URI.create(this.stellar.devnetUrl());
	}

	/** Play faults of the ledger's server. */
	void ledgerFails(String faults) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(devnet().resolve("/devnet/faults"))
			.POST(HttpRequest.BodyPublishers.ofString(faults))
			.build();
		if (HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
			throw new IllegalStateException("the ledger plays no such fault");
		}
	}

	private void context(String path, Filter filter, Map<String, String> parameters) {
		Context context = this.tomcat.addContext(path, null);
		Tomcat.addServlet(context, "goods", new Goods());
		context.addServletMapping("/", "goods");
		FilterDef definition = new FilterDef();
		definition.setFilterName("payments");
		definition.setFilter(filter);
		definition.setAsyncSupported("true");
		parameters.forEach(definition::addInitParameter);
		context.addFilterDef(definition);
		FilterMap map = new FilterMap();
		map.setFilterName("payments");
		map.addURLPattern("/*");
		context.addFilterMap(map);
	}

	String url(String path) {
		return "http://localhost:" + this.tomcat.getConnector().getLocalPort() + path;
	}

	LocalStellar stellar() {
		return this.stellar;
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.facilitator.close();
			this.stellar.close();
		}
	}

	/** Sells reports, and gives away what they look like. */
	private final class Goods extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			switch (request.getServletPath()) {
				case "/report", "/second" -> {
					response.setHeader("Content-Security-Policy",
							"script-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'");
					sendReport(response);
				}
				case "/foreign" -> {
					response.setHeader("Content-Security-Policy",
							"img-src 'none', script-src 'unsafe-inline';Sandbox allow-scripts");
					sendReport(response);
				}
				case "/private" -> {
					response.setHeader("Cache-Control", "no-store");
					sendReport(response);
				}
				case "/moved" ->
					response.sendRedirect("/shop/picture.svg?from=" + PaidShop.this.sold.incrementAndGet());
				case "/free" -> response.sendRedirect("/shop/picture.svg");
				case "/broken" -> response.sendError(500);
				case "/data.csv" -> {
					response.setHeader("Content-Disposition", "attachment; filename=\"data of today.csv\"");
					send(response, "text/csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
				}
				case "/file.pdf" -> send(response, "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.UTF_8));
				case "/style.css" ->
					send(response, "text/css", "h1 { color: rgb(1, 2, 3); }".getBytes(StandardCharsets.UTF_8));
				case "/script.js" ->
					send(response, "text/javascript", "window.outside = 'ran';".getBytes(StandardCharsets.UTF_8));
				case "/picture.svg", "/logo.svg" -> send(response, "image/svg+xml",
						"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>"
							.getBytes(StandardCharsets.UTF_8));
				default -> response.sendError(404);
			}
		}

		private void sendReport(HttpServletResponse response) throws IOException {
			send(response, "text/html;charset=ISO-8859-1",
					PAGE.formatted(PaidShop.this.sold.incrementAndGet()).getBytes(StandardCharsets.ISO_8859_1));
		}

		private static void send(HttpServletResponse response, String type, byte[] content) throws IOException {
			response.setContentType(type);
			response.getOutputStream().write(content);
		}

	}

}

package io.github.x402sessions.client;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.BazaarExtension;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.facilitator.FacilitatorServer;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Account;
import org.stellar.sdk.Asset;
import org.stellar.sdk.ChangeTrustAsset;
import org.stellar.sdk.ChangeTrustOperation;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.responses.sorobanrpc.GetTransactionResponse.GetTransactionStatus;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A ledger, a facilitator that lends, and a shop behind the payment filter that sells tea
 * for 0.01, cake for 0.02, forecasts for 0.03, and on credit up to 0.10 of pages.
 */
final class PaidEnvironment {

	/** It takes its time to open, so there is one for all; it ends with the process. */
	private static final int PAYING_AT_ONCE = 64;

	private static final PaidEnvironment SHARED = open();

	final StellarDevnet devnet = StellarDevnet.builder().port(0).ledgerInterval(Duration.ofMillis(100)).start();

	final String merchant = account().accountId();

	final String spender;

	final AtomicInteger served = new AtomicInteger();

	final MeteredPages pages = new MeteredPages();

	private final FacilitatorServer facilitator;

	private final RefreshingFacilitator gate;

	private final Tomcat shop = new Tomcat();

	static PaidEnvironment shared() {
		return SHARED;
	}

	private static PaidEnvironment open() {
		try {
			return new PaidEnvironment();
		}
		catch (Exception ex) {
			throw new IllegalStateException("the environment does not start", ex);
		}
	}

	private PaidEnvironment() throws Exception {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());
		this.spender = key.getAccountId();
		Path database = Files.createTempDirectory("paid-environment").resolve("books.db");
		Map<String, String> properties = new HashMap<>(Map.of("server.port", "0", "facilitator.secret",
				new String(key.getSecretSeed()), "facilitator.rpc-url", this.devnet.rpcUri().toString(),
				"facilitator.database-url", "jdbc:sqlite:" + database, "facilitator.poll-interval", "20ms",
				"facilitator.min-per-call", "0.0000001", "facilitator.recipients", key.getAccountId()));
		properties.putAll(Map.of("facilitator.deferred.enabled", "true", "facilitator.deferred.recipients",
				this.merchant, "facilitator.deferred.first-credit", "1.00", "facilitator.discovery.enabled", "true"));
		this.facilitator = FacilitatorServer.start(properties);
		this.gate = RefreshingFacilitator.start(FacilitatorEndpoint
			.of(FacilitatorOptions.of(this.facilitator.url()).withMaxConcurrentVerifies(PAYING_AT_ONCE)));
		openShop();
	}

	private void openShop() throws Exception {
		for (Handler handler : Logger.getLogger("").getHandlers()) {
			handler.setLevel(Level.OFF);
		}
		CommonTerms terms = CommonTerms.of("session", "stellar:testnet", null, null, this.merchant);
		RouteTable routes = RouteTable.builder()
			.route(RouteMethod.ALL, "/tea", terms.route("/tea", "0.01", "Tea", "text/plain"))
			.route(RouteMethod.ALL, "/cake", terms.route("/cake", "0.02", "Cake", "text/plain"))
			.route(RouteMethod.ALL, "/pages",
					terms.route("/pages", "0.10", "Pages", "application/octet-stream")
						.withTiming(SettlementTiming.DEFERRED))
			.route(RouteMethod.of("GET"), "/weather/*",
					terms.route("/weather/*", "0.03", "A forecast of the weather", "text/plain")
						.withDeclaration(forecast()))
			.build();
		this.shop.setBaseDir(Files.createTempDirectory("tomcat").toString());
		this.shop.setPort(0);
		Context context = this.shop.addContext("", null);
		Tomcat.addServlet(context, "goods", new Goods()).setAsyncSupported(true);
		context.addServletMapping("/", "goods");
		Tomcat.addServlet(context, "pages", this.pages).setAsyncSupported(true);
		context.addServletMapping("/pages", "pages");
		FilterDef definition = new FilterDef();
		definition.setFilterName("payments");
		definition.setFilter(
				PaymentFilter
					.builder(new PaymentGate(this.gate, PaymentHeader.DEFAULT_MAX_LENGTH,
							List.of(new BazaarExtension()), List.of()), routes)
					.listener(this.pages)
					.build());
		definition.setAsyncSupported("true");
		context.addFilterDef(definition);
		FilterMap map = new FilterMap();
		map.setFilterName("payments");
		map.addURLPattern("/*");
		map.setDispatcher(DispatcherType.REQUEST.name());
		context.addFilterMap(map);
		this.shop.getConnector();
		this.shop.start();
	}

	private static BazaarDeclaration forecast() {
		Map<String, Object> input = Map.of("type", "http", "method", "GET", "pathParams", Map.of("city", "text"),
				"queryParams", Map.of("days", 3));
		Map<String, Object> days = Map.of("type", "object", "properties", Map.of("days", Map.of("type", "integer")),
				"required", List.of("days"));
		return new BazaarDeclaration(Map.of("input", input),
				Map.of("$schema", "https://json-schema.org/draft/2020-12/schema", "type", "object", "properties",
						Map.of("input", Map.of("type", "object", "properties", Map.of("queryParams", days)))),
				"/weather/:city");
	}

	/** Somebody with 100 USDC. */
	SessionSigner account() {
		SessionSigner account = SessionSigner.random();
		fund(account.accountId());
		return account;
	}

	void fund(String account) {
		this.devnet.fund(account);
		this.devnet.faucet(account, new BigDecimal(100));
	}

	/** Have somebody with 100 USDC give them up, and the trustline with them. */
	void leave(SessionSigner account) throws Exception {
		Network network = new Network(this.devnet.networkPassphrase());
		Asset usdc = Asset.create("USDC:" + this.devnet.usdcIssuer());
		try (SorobanServer rpc = new SorobanServer(this.devnet.rpcUri().toString())) {
			Transaction leaving = new TransactionBuilder(rpc.getAccount(account.accountId()), network).setBaseFee(100)
				.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
				.addOperation(new PaymentOperation.Builder(this.devnet.usdcIssuer(), usdc, "100").build())
				.addOperation(new ChangeTrustOperation.Builder(ChangeTrustAsset.create(usdc), "0").build())
				.build();
			String signed = account.signTransaction(leaving.toEnvelopeXdrBase64(), network.getNetworkPassphrase());
			rpc.sendTransaction((Transaction) AbstractTransaction.fromEnvelopeXdr(signed, network));
			this.devnet.closeLedger();
			assertThat(rpc.getTransaction(leaving.hashHex()).getStatus()).isEqualTo(GetTransactionStatus.SUCCESS);
		}
	}

	/** A client of a payer; it does not know the chain. */
	SessionClientBuilder client(SessionSigner payer) {
		return SessionClient.builder()
			.signer(payer)
			.facilitator(this.facilitator.url())
			.recipient(this.merchant)
			.cap("1.00")
			.expiresIn(Duration.ofHours(1))
			.allowedOrigins(uri("/"))
			.waiting(new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMillis(20)),
					new RegistrationRetry(5, Duration.ofMillis(50)));
	}

	URI uri(String path) {
		return URI.create("http://localhost:" + this.shop.getConnector().getLocalPort() + path);
	}

	URI facilitatorUrl() {
		return this.facilitator.url();
	}

	/** Have a proxy pass on to the facilitator what it is not told to answer itself. */
	void passOn(WireMockServer proxy) {
		proxy.stubFor(WireMock.any(WireMock.anyUrl())
			.atPriority(9)
			.willReturn(WireMock.aResponse().proxiedFrom(facilitatorUrl().toString())));
	}

	BigInteger usdc(String account) {
		return this.devnet.usdcBalance(account);
	}

	/** What a spender may still take from an account, as the chain has it. */
	BigInteger allowance(String account, String spender) throws Exception {
		InvokeHostFunctionOperation question = InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.devnet.usdcContract(), "allowance",
					List.of(Scv.toAddress(account), Scv.toAddress(spender)))
			.build();
		try (SorobanServer rpc = new SorobanServer(this.devnet.rpcUri().toString())) {
			Transaction transaction = new TransactionBuilder(new Account(account, 0L),
					new Network(this.devnet.networkPassphrase()))
				.setBaseFee(100)
				.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
				.addOperation(question)
				.build();
			return Scv
				.fromInt128(SCVal.fromXdrBase64(rpc.simulateTransaction(transaction).getResults().get(0).getXdr()));
		}
	}

	/** Hands out what was asked for. */
	private final class Goods extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			request.getInputStream().readAllBytes();
			response.setContentType("text/plain");
			response.getWriter().write(request.getServletPath() + " " + PaidEnvironment.this.served.incrementAndGet());
		}

	}

}

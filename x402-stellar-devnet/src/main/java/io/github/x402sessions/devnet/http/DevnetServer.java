package io.github.x402sessions.devnet.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import io.github.x402sessions.devnet.network.ContractAccounts;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.rpc.JsonRpcDispatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server, and the HTTPS server if there is one: JSON-RPC at every path but
 * {@code /friendbot}, {@code /faucet} and {@code /devnet}. Any web page may call it.
 */
public final class DevnetServer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(DevnetServer.class);

	static {
		// Without it each answer waits for the client's delayed acknowledgement.
		if (System.getProperty("sun.net.httpserver.nodelay") == null) {
			System.setProperty("sun.net.httpserver.nodelay", "true");
		}
	}

	private final HttpServer server;

	private final @Nullable HttpsServer secure;

	private final @Nullable String authority;

	private final ExecutorService workers;

	private DevnetServer(HttpServer server, @Nullable HttpsServer secure, @Nullable String authority) {
		this.server = server;
		this.secure = secure;
		this.authority = authority;
		AtomicInteger count = new AtomicInteger();
		this.workers = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "stellar-devnet-http-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		servers().forEach((each) -> each.setExecutor(this.workers));
	}

	/**
	 * Takes an address, without answering yet.
	 * @param address where HTTP is spoken
	 * @param httpsPort where HTTPS is spoken, 0 for any; {@code null} for nowhere
	 * @throws IOException if an address is taken
	 */
	public static DevnetServer bind(InetSocketAddress address, @Nullable Integer httpsPort) throws IOException {
		HttpServer plain = HttpServer.create(address, 0);
		if (httpsPort == null) {
			return new DevnetServer(plain, null, null);
		}
		try {
			CertificateAuthority authority = CertificateAuthority.create();
			HttpsServer secure = HttpsServer.create(new InetSocketAddress(address.getAddress(), httpsPort), 0);
			secure.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext(address.getAddress())));
			return new DevnetServer(plain, secure, authority.pem());
		}
		catch (IOException | RuntimeException ex) {
			plain.stop(0);
			throw ex;
		}
	}

	private Stream<HttpServer> servers() {
		return Stream.of(this.server, this.secure).filter(Objects::nonNull);
	}

	/** The port of HTTPS, if it is spoken. */
	public OptionalInt httpsPort() {
		return (this.secure != null) ? OptionalInt.of(this.secure.getAddress().getPort()) : OptionalInt.empty();
	}

	/** The certificate of who signed that of HTTPS, PEM; if it is spoken. */
	public Optional<String> authority() {
		return Optional.ofNullable(this.authority);
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Starts to answer.
	 * @param timeout how long friendbot and faucet wait for a ledger
	 * @param faults what is to go wrong
	 */
	public void start(LocalNetwork network, JsonRpcDispatcher rpc, Duration timeout, FaultPlan faults) {
		serve("/", new RpcEndpoint(rpc, faults));
		serve(AdminEndpoint.PATH, new AdminEndpoint(network, faults));
		serve(ContractAccountEndpoint.PATH, new ContractAccountEndpoint(new ContractAccounts(network)));
		serve("/friendbot", new FriendbotEndpoint(network, timeout));
		serve("/faucet", new FaucetEndpoint(network, timeout));
		servers().forEach(HttpServer::start);
	}

	private void serve(String path, Endpoint endpoint) {
		servers().forEach((each) -> each.createContext(path, (exchange) -> {
			try (exchange) {
				allowAnyOrigin(exchange.getResponseHeaders());
				answer(endpoint, exchange).writeTo(exchange);
			}
		}));
	}

	private static EndpointResponse answer(Endpoint endpoint, HttpExchange exchange) throws IOException {
		EndpointRequest request = EndpointRequest.read(exchange);
		if (request.method().equals("OPTIONS")) {
			return new EndpointResponse(204, "text/plain", new byte[0]);
		}
		if (request.tooLarge()) {
			exchange.getResponseHeaders().set("Connection", "close");
			return EndpointResponse.problem(413, "Content Too Large",
					Map.of("detail", "at most " + EndpointRequest.LIMIT + " bytes"));
		}
		try {
			return endpoint.answer(request);
		}
		catch (LedgerWait.NoLedgerException ex) {
			return EndpointResponse.problem(504, "Gateway Timeout", Map.of("detail", String.valueOf(ex.getMessage())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return EndpointResponse.problem(503, "Service Unavailable",
					Map.of("detail", "the network is shutting down"));
		}
		catch (RuntimeException ex) {
			log.error("A request failed", ex);
			return EndpointResponse.problem(500, "Internal Server Error", Map.of());
		}
	}

	private static void allowAnyOrigin(Headers headers) {
		headers.set("Access-Control-Allow-Origin", "*");
		headers.set("Access-Control-Allow-Headers", "*");
		headers.set("Access-Control-Allow-Methods", "GET,PUT,POST,PATCH,DELETE,HEAD,OPTIONS");
	}

	@Override
	public void close() {
		servers().forEach((each) -> each.stop(0));
		this.workers.shutdownNow();
	}

}

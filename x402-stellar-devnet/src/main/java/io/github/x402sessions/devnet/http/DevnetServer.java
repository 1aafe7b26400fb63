package io.github.x402sessions.devnet.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.x402sessions.devnet.fault.FaultPlan;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.rpc.JsonRpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: JSON-RPC at every path but {@code /friendbot}, {@code /faucet} and
 * {@code /devnet}. Any web page may call it.
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

	private final ExecutorService workers;

	private DevnetServer(HttpServer server) {
		this.server = server;
		AtomicInteger count = new AtomicInteger();
		this.workers = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "stellar-devnet-http-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		server.setExecutor(this.workers);
	}

	/**
	 * Takes an address, without answering yet.
	 * @throws IOException if the address is taken
	 */
	public static DevnetServer bind(InetSocketAddress address) throws IOException {
		return new DevnetServer(HttpServer.create(address, 0));
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Starts to answer.
	 * @param patience how long friendbot and faucet wait for a ledger
	 * @param faults what is to go wrong
	 */
	public void start(LocalNetwork network, JsonRpc rpc, Duration patience, FaultPlan faults) {
		serve("/", new RpcEndpoint(rpc, faults));
		serve(AdminEndpoint.PATH, new AdminEndpoint(network, faults));
		serve("/friendbot", new FriendbotEndpoint(network, patience));
		serve("/faucet", new FaucetEndpoint(network, patience));
		this.server.start();
	}

	private void serve(String path, Endpoint endpoint) {
		this.server.createContext(path, (exchange) -> {
			try (exchange) {
				allowAnyOrigin(exchange.getResponseHeaders());
				answer(endpoint, exchange).writeTo(exchange);
			}
		});
	}

	private static Reply answer(Endpoint endpoint, HttpExchange exchange) throws IOException {
		Request request = Request.read(exchange);
		if (request.method().equals("OPTIONS")) {
			return new Reply(204, "text/plain", new byte[0]);
		}
		if (request.tooLarge()) {
			exchange.getResponseHeaders().set("Connection", "close");
			return Reply.problem(413, "Content Too Large", Map.of("detail", "at most " + Request.LIMIT + " bytes"));
		}
		try {
			return endpoint.answer(request);
		}
		catch (Patience.NoLedgerException ex) {
			return Reply.problem(504, "Gateway Timeout", Map.of("detail", String.valueOf(ex.getMessage())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Reply.problem(503, "Service Unavailable", Map.of("detail", "the network is shutting down"));
		}
		catch (RuntimeException ex) {
			log.error("A request failed", ex);
			return Reply.problem(500, "Internal Server Error", Map.of());
		}
	}

	private static void allowAnyOrigin(Headers headers) {
		headers.set("Access-Control-Allow-Origin", "*");
		headers.set("Access-Control-Allow-Headers", "*");
		headers.set("Access-Control-Allow-Methods", "GET,PUT,POST,PATCH,DELETE,HEAD,OPTIONS");
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.workers.shutdownNow();
	}

}

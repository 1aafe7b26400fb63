package io.github.x402sessions.facilitator.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.access.ServerAccess;
import io.github.x402sessions.facilitator.http.Failures;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.springframework.web.servlet.function.RequestPredicates.all;

/**
 * The calls of operators, all of which need an operator's credential in
 * {@code Authorization}: no cookie is ever read, so that no page can make a browser call
 * them. Without an operator there are none. Thread-safe.
 */
final class AdminApi {

	static final String PATH = "/admin";

	private static final Logger logger = LoggerFactory.getLogger(AdminApi.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private final List<ApiKey> operators;

	private final ServerAccess access;

	private final List<AdminResource> resources;

	private final Counter refused;

	private final AtomicBoolean served = new AtomicBoolean();

	/**
	 * Create it.
	 * @param operators who may call
	 * @param resources what they may look at and decide
	 * @param registry counts who else tries to
	 */
	AdminApi(List<ApiKey> operators, List<AdminResource> resources, MeterRegistry registry) {
		this.operators = List.copyOf(operators);
		this.access = new ServerAccess(true, operators);
		this.resources = List.copyOf(resources);
		this.refused = Counter.builder("x402.facilitator.admin.refused")
			.description("Calls to the admin API without an operator's credential")
			.register(registry);
	}

	/**
	 * Return the routes for the server of the management port.
	 */
	RouterFunction<ServerResponse> routes() {
		this.served.set(true);
		if (this.operators.isEmpty()) {
			return (request) -> Optional.empty();
		}
		return RouterFunctions.route().path(PATH, (routes) -> {
			this.resources.forEach((resource) -> resource.add(routes));
			routes.route(all(), (request) -> JsonResponses.error(HttpStatus.NOT_FOUND, "not_found"));
		}).filter(this::guarded).build();
	}

	private ServerResponse guarded(ServerRequest request, HandlerFunction<ServerResponse> call) {
		try {
			AdminRequest.let(request, identify(request));
			return call.handle(request);
		}
		catch (RpcException ex) {
			return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE,
					"rpc_error: the Stellar RPC gives no usable answer; try again");
		}
		catch (Exception | Error ex) {
			return Failures.answer(ex);
		}
	}

	/** Whoever guesses is heard of. */
	private @Nullable ApiKey identify(ServerRequest request) {
		try {
			return this.access.identify(request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
		}
		catch (AccessDeniedException ex) {
			this.refused.increment();
			String peer = PeerAddressValve.of(request);
			LOG.log(peer, (skipped) -> logger.warn(
					"A call to the admin API from {} had no operator's credential ({} more since the last time)", peer,
					skipped));
			throw ex;
		}
	}

	/** Return how many may call. */
	int operators() {
		return this.operators.size();
	}

	/** Tell whether there is a server that has the routes. */
	boolean isServed() {
		return this.served.get();
	}

}

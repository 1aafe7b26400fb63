package io.github.x402sessions.facilitator.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.access.ServerAccess;
import io.github.x402sessions.facilitator.http.Failures;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.stellar.rpc.RpcException;

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

	private final List<ApiKey> operators;

	private final ServerAccess access;

	private final List<AdminResource> resources;

	private final AtomicBoolean served = new AtomicBoolean();

	/**
	 * Create it.
	 * @param operators who may call
	 * @param resources what they may look at and decide
	 */
	AdminApi(List<ApiKey> operators, List<AdminResource> resources) {
		this.operators = List.copyOf(operators);
		this.access = new ServerAccess(true, operators);
		this.resources = List.copyOf(resources);
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
			AdminRequest.let(request, this.access.identify(request.headers().firstHeader(HttpHeaders.AUTHORIZATION)));
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

	/** Return how many may call. */
	int operators() {
		return this.operators.size();
	}

	/** Tell whether there is a server that has the routes. */
	boolean isServed() {
		return this.served.get();
	}

}

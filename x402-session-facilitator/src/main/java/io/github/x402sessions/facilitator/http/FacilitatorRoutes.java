package io.github.x402sessions.facilitator.http;

import java.io.IOException;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.access.AccessDeniedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.springframework.web.servlet.function.RequestPredicates.all;
import static org.springframework.web.servlet.function.RequestPredicates.path;

/**
 * What the facilitator answers to, as contract.md §5 has it.
 */
public final class FacilitatorRoutes {

	private static final Logger logger = LoggerFactory.getLogger(FacilitatorRoutes.class);

	private FacilitatorRoutes() {
	}

	/**
	 * Return the routes.
	 * @param payments the calls of resource servers
	 * @param sessions the calls of payers
	 * @param door lets callers in
	 * @param address the facilitator's address
	 * @return the routes
	 */
	public static RouterFunction<ServerResponse> of(PaymentEndpoints payments, SessionEndpoints sessions, Door door,
			String address) {
		return RouterFunctions.route()
			.GET("/supported", door.forAnybody(payments::supported))
			.POST("/verify", door.forServers(payments::verify))
			.POST("/settle", door.forServers(payments::settle))
			.POST("/sessions", door.forRegistrations(sessions::register))
			.POST("/sessions/quote", door.forRegistrations(sessions::quote))
			.GET("/sessions/{id}", door.forAnybody(sessions::show))
			.DELETE("/sessions/{id}", door.forAnybody(sessions::close))
			.GET("/health", (request) -> Answer.of(HttpStatus.OK, Map.of("ok", true, "address", address)))
			.route(path("/supported").or(path("/verify"))
				.or(path("/settle"))
				.or(path("/sessions/**"))
				.or(path("/health")), (request) -> Answer.error(HttpStatus.METHOD_NOT_ALLOWED, "method_not_allowed"))
			.route(all(), (request) -> Answer.error(HttpStatus.NOT_FOUND, "not_found"))
			.onError(MalformedMessageException.class, FacilitatorRoutes::malformed)
			.onError(AccessDeniedException.class, Door::refused)
			.onError(IOException.class, FacilitatorRoutes::brokenOff)
			.onError(RuntimeException.class, FacilitatorRoutes::internal)
			.build();
	}

	private static ServerResponse malformed(Throwable failure, ServerRequest request) {
		return Answer.error(HttpStatus.BAD_REQUEST, String.valueOf(failure.getMessage()));
	}

	private static ServerResponse brokenOff(Throwable failure, ServerRequest request) {
		return Answer.error(HttpStatus.BAD_REQUEST, "the body broke off");
	}

	/** The path is not logged: it may hold a session id. */
	private static ServerResponse internal(Throwable failure, ServerRequest request) {
		logger.error("A {} request failed", request.method(), failure);
		return Answer.error(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error");
	}

}

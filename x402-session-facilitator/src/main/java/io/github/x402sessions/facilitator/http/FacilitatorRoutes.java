package io.github.x402sessions.facilitator.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.springframework.web.servlet.function.RequestPredicates.all;
import static org.springframework.web.servlet.function.RequestPredicates.path;

/**
 * The routes that the facilitator answers to: "Calls of a facilitator" in
 * {@code docs/protocol.md}.
 */
final class FacilitatorRoutes {

	private FacilitatorRoutes() {
	}

	/**
	 * Return the routes.
	 * @param payments the calls of resource servers
	 * @param sessions the calls of payers; empty where sessions are not served
	 * @param settlements the calls that tell what became of them
	 * @param ledger tells the height of the ledger
	 * @param discovery the calls that find what is for sale; empty without a catalogue
	 * @param guard lets callers in
	 * @param address says the facilitator's address
	 * @param ailment says why nothing can be settled, in a sentence that is fit for a
	 * stranger
	 * @return the routes
	 */
	public static RouterFunction<ServerResponse> of(PaymentEndpoints payments, Optional<SessionEndpoints> sessions,
			SettlementEndpoints settlements, LedgerEndpoint ledger, Optional<DiscoveryEndpoints> discovery,
			RequestGuard guard, Supplier<String> address, Supplier<Optional<String>> ailment) {
		RouterFunctions.Builder routes = RouterFunctions.route();
		discovery.ifPresent((served) -> add(routes, served, guard));
		sessions.ifPresent((served) -> add(routes, served, guard));
		return routes.GET("/supported", guard.forAnybody(payments::supported))
			.POST("/verify", guard.forServers(payments::verify))
			.POST("/settle", guard.forServers(payments::settle))
			.POST("/hold", guard.forServers(payments::hold))
			.POST("/release", guard.forServers(payments::release))
			.GET("/settlements", guard.forServers(settlements::list))
			.GET("/settlements/{commitment}", guard.forAnybody(settlements::show))
			.GET("/ledger", guard.forAnybody(ledger::show))
			.GET("/health", (request) -> health(address.get(), ailment.get()))
			.route(path("/supported").or(path("/verify"))
				.or(path("/settle"))
				.or(path("/hold"))
				.or(path("/release"))
				.or(path("/settlements/**"))
				.or(path("/ledger"))
				.or(path("/health")), (request) -> notAllowed())
			.route(all(), FacilitatorRoutes::elsewhere)
			.onError((failure) -> true, (failure, request) -> Failures.answer(failure))
			.build();
	}

	private static ServerResponse health(String address, Optional<String> ailment) {
		return ailment
			.map((problem) -> JsonResponses.of(HttpStatus.SERVICE_UNAVAILABLE,
					Map.of("ok", false, "address", address, "error", problem)))
			.orElseGet(() -> JsonResponses.of(HttpStatus.OK, Map.of("ok", true, "address", address)));
	}

	private static void add(RouterFunctions.Builder routes, SessionEndpoints sessions, RequestGuard guard) {
		routes.POST("/sessions", guard.forRegistrations(sessions::register))
			.POST("/sessions/quote", guard.forRegistrations(sessions::quote))
			.GET("/sessions/{id}", guard.forAnybody(sessions::show))
			.DELETE("/sessions/{id}", guard.forAnybody(sessions::close))
			.POST("/sessions/{id}/close", guard.forRegistrations(sessions::takeBack))
			.route(path("/sessions/**"), (request) -> notAllowed());
	}

	private static void add(RouterFunctions.Builder routes, DiscoveryEndpoints discovery, RequestGuard guard) {
		routes.GET("/discovery/resources", guard.forAnybody(discovery::list))
			.GET("/discovery/search", guard.forAnybody(discovery::find))
			.route(path("/discovery/resources").or(path("/discovery/search")), (request) -> notAllowed());
	}

	/**
	 * What the container sends here to be described, such as a call that it gave up
	 * because it ends, was found: nobody is to think that it was not done.
	 */
	private static ServerResponse elsewhere(ServerRequest request) {
		if (request.servletRequest().getDispatcherType() != DispatcherType.ERROR) {
			return JsonResponses.error(HttpStatus.NOT_FOUND, "not_found");
		}
		HttpStatus status = (request.servletRequest()
			.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code) ? HttpStatus.resolve(code)
					: null;
		return (status != null && status.is4xxClientError()) ? JsonResponses.error(status, status.getReasonPhrase())
				: JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "the call was given up; try again");
	}

	private static ServerResponse notAllowed() {
		return JsonResponses.error(HttpStatus.METHOD_NOT_ALLOWED, "method_not_allowed");
	}

}

package io.github.x402sessions.facilitator.http;

import java.util.Set;

import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.access.ServerAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Stands before the endpoints: lets in who may, as often as they may. Callers are told
 * apart by their address, which behind a proxy is right only if the container is told to
 * read forwarded headers; resource servers with a key by that, without a limit.
 *
 * @param servers which resource servers are let in
 * @param registrations how often an address may register or ask for a quote, at all nodes
 * together
 * @param requests how often an address may ask for anything else, here
 */
record RequestGuard(ServerAccess servers, RegistrationLimit registrations, RateLimit requests) {

	private static final Set<String> SERVERS_ONLY = Set.of("/verify", "/settle", "/hold", "/release");

	private static final String CALLER = RequestGuard.class.getName() + ".caller";

	private static final String REFUSED = RequestGuard.class.getName() + ".refused";

	HandlerFunction<ServerResponse> forServers(HandlerFunction<ServerResponse> endpoint) {
		return (request) -> {
			if (request.attributes().get(REFUSED) instanceof AccessDeniedException refusal) {
				throw refusal;
			}
			ApiKey key = this.servers.identify(request.headers().firstHeader(HttpHeaders.AUTHORIZATION),
					address(request));
			if (key == null) {
				this.requests.require(address(request));
			}
			else {
				request.attributes().put(CALLER, key);
			}
			return endpoint.handle(request);
		};
	}

	HandlerFunction<ServerResponse> forRegistrations(HandlerFunction<ServerResponse> endpoint) {
		return (request) -> {
			this.registrations.require(address(request));
			return endpoint.handle(request);
		};
	}

	HandlerFunction<ServerResponse> forAnybody(HandlerFunction<ServerResponse> endpoint) {
		return (request) -> {
			this.requests.require(address(request));
			return endpoint.handle(request);
		};
	}

	/** Require that the caller may be paid at this address. */
	void requireRecipient(ServerRequest request, String recipient) {
		@Nullable Object key = request.attributes().get(CALLER);
		this.servers.requireRecipient((ApiKey) key, recipient);
	}

	/** Tell whether the caller's word is that of a recipient that it may have paid. */
	boolean speaksFor(ServerRequest request, String recipient) {
		@Nullable Object key = request.attributes().get(CALLER);
		return this.servers.speaksFor((ApiKey) key, recipient);
	}

	/**
	 * Require that the caller has the key of a recipient.
	 * @throws AccessDeniedException if there is none, or it is another's
	 */
	void requireOwner(ServerRequest request, String recipient) {
		@Nullable Object key = request.attributes().get(CALLER);
		this.servers.requireOwner((ApiKey) key, recipient);
	}

	/**
	 * Tell whether what a caller sends may be read: not from one without a key where a
	 * server needs one, who is refused without it, even if a key becomes known meanwhile.
	 */
	boolean mayBeRead(HttpServletRequest request) {
		if (!SERVERS_ONLY.contains(request.getServletPath())) {
			return true;
		}
		try {
			this.servers.identify(request.getHeader(HttpHeaders.AUTHORIZATION),
					CallerNetwork.of(request.getRemoteAddr()));
			return true;
		}
		catch (AccessDeniedException ex) {
			request.setAttribute(REFUSED, ex);
			return false;
		}
	}

	private static String address(ServerRequest request) {
		return CallerNetwork.of(request.servletRequest().getRemoteAddr());
	}

}

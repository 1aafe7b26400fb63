package io.github.x402sessions.facilitator.http;

import java.io.IOException;
import java.time.Duration;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.drain.DrainingException;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Says what went wrong with a call. What is not the caller's fault is logged, a fault
 * that lasts not with every call.
 */
public final class Failures {

	private static final Logger logger = LoggerFactory.getLogger(Failures.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofSeconds(5));

	private Failures() {
	}

	/**
	 * Return the answer to a call that has failed.
	 * @param cause what went wrong
	 */
	public static ServerResponse answer(Throwable cause) {
		if (cause instanceof MalformedMessageException) {
			return JsonResponses.error(HttpStatus.BAD_REQUEST, String.valueOf(cause.getMessage()));
		}
		if (cause instanceof AccessDeniedException denied) {
			return refused(denied);
		}
		if (cause instanceof DrainingException) {
			return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(cause.getMessage()));
		}
		if (cause instanceof IOException) {
			return JsonResponses.error(HttpStatus.BAD_REQUEST, "the body broke off");
		}
		if (cause instanceof DataAccessException) {
			return withoutBooks(cause);
		}
		return internal(cause);
	}

	private static ServerResponse refused(AccessDeniedException denied) {
		String message = String.valueOf(denied.getMessage());
		return switch (denied.kind()) {
			case UNKNOWN ->
				JsonResponses.error(HttpStatus.UNAUTHORIZED, message, HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			case FORBIDDEN -> JsonResponses.error(HttpStatus.FORBIDDEN, message);
			case TOO_OFTEN -> JsonResponses.error(HttpStatus.TOO_MANY_REQUESTS, message, HttpHeaders.RETRY_AFTER,
					Long.toString(denied.retryAfter()));
			case UNAVAILABLE -> JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, message, HttpHeaders.RETRY_AFTER,
					Long.toString(denied.retryAfter()));
		};
	}

	/**
	 * Busy, full or away: the same call may do better, and nothing says it was not done.
	 */
	private static ServerResponse withoutBooks(Throwable failure) {
		LOG.log("books",
				(skipped) -> logger.error("Requests fail for want of the books ({} more since the last time): {}",
						skipped, failure.getMessage()));
		return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "the books cannot be used now; try again");
	}

	/** Nothing of the request is logged: its path may hold a session id. */
	private static ServerResponse internal(Throwable failure) {
		LOG.log("internal",
				(skipped) -> logger.error("A request failed ({} more since the last time)", skipped, failure));
		return JsonResponses.error(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error");
	}

}

package io.github.x402sessions.facilitator.http;

import java.util.Map;
import java.util.function.Consumer;

import io.github.x402sessions.core.protocol.WireJson;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Writes answers as JSON through the project's own mapper.
 */
public final class JsonResponses {

	/** About one ledger: before that, asking again is of no use. */
	private static final String RETRY_AFTER_SECONDS = "5";

	private JsonResponses() {
	}

	/** A service that is not available says when to try again. */
	public static ServerResponse of(HttpStatus status, Object body) {
		return of(status, body, (headers) -> {
		});
	}

	/** The same with more headers. */
	static ServerResponse of(HttpStatus status, Object body, Consumer<HttpHeaders> headers) {
		ServerResponse.BodyBuilder answer = answer(status).headers(headers);
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			answer.header("Retry-After", RETRY_AFTER_SECONDS);
		}
		return answer.body(WireJson.write(body));
	}

	/** The same where trying again might do harm. */
	static ServerResponse withoutRetry(HttpStatus status, Object body) {
		return answer(status).body(WireJson.write(body));
	}

	private static ServerResponse.BodyBuilder answer(HttpStatus status) {
		return ServerResponse.status(status)
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore());
	}

	/** Say what is wrong. */
	public static ServerResponse error(HttpStatus status, String message) {
		return of(status, Map.of("error", message));
	}

	static ServerResponse error(HttpStatus status, String message, String header, String value) {
		return answer(status).header(header, value).body(WireJson.write(Map.of("error", message)));
	}

}

package io.github.x402sessions.facilitator.http;

import jakarta.servlet.http.Cookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer that has the head of another one, and sees to how that is written.
 */
interface WrappedServerResponse extends ServerResponse {

	/** Return the answer that is written. */
	ServerResponse answer();

	@Override
	default HttpStatusCode statusCode() {
		return answer().statusCode();
	}

	@Override
	default HttpHeaders headers() {
		return answer().headers();
	}

	@Override
	default MultiValueMap<String, Cookie> cookies() {
		return answer().cookies();
	}

}

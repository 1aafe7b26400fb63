package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpRequest;

import io.github.x402sessions.core.scheme.session.BodyHash;
import org.jspecify.annotations.Nullable;

/**
 * A request of a caller that may be sent more than once.
 *
 * @param request the request
 * @param body its body; {@code null} if it has none
 */
record RecordedRequest(HttpRequest request, @Nullable RecordedBody body) {

	static RecordedRequest of(HttpRequest request) {
		return new RecordedRequest(request, request.bodyPublisher().map(RecordedBody::new).orElse(null));
	}

	/** The hash of its body as far as that is known by now. */
	String bodyHash() {
		return (this.body != null) ? this.body.hash() : BodyHash.EMPTY;
	}

}

package io.github.x402sessions.client.payment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;

import io.github.x402sessions.client.payment.message.PaymentForm;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.jspecify.annotations.Nullable;

/**
 * The request of a caller that may have to be paid.
 *
 * @param method the method, {@link BodyHash#UNKNOWN a dash} of a transport without
 * @param url what is called
 * @param identifier its payment identifier
 * @param named whether the caller may use the identifier again
 * @param body tells the hash of its body, see {@link PaymentOffer#body()}
 * @param form the text that its payment is sent as
 */
record CallSubject(String method, URI url, PaymentIdentifier identifier, boolean named, Supplier<String> body,
		PaymentForm form) {

	/** A request over HTTP. */
	static CallSubject http(String method, URI url, @Nullable String key, Supplier<String> body) {
		return new CallSubject(method, url, IdempotencyKey.of(method, url, key), key != null, body, PaymentForm.HEADER);
	}

	/**
	 * A call of a server's tool, over a transport that has neither method nor body. Among
	 * all URLs it is that of the server with the tool's name as its fragment: nothing is
	 * sent there, but learned prices, identifiers and events tell tools apart by it.
	 */
	static CallSubject tool(URI server, String tool, @Nullable String key) {
		URI url = url(server, tool);
		return new CallSubject(BodyHash.UNKNOWN, url, IdempotencyKey.of(BodyHash.UNKNOWN, url, key), key != null,
				() -> BodyHash.UNKNOWN, PaymentForm.JSON);
	}

	private static URI url(URI server, String tool) {
		Origin.of(server);
		try {
			return new URI(server.getScheme(), server.getRawAuthority(), server.getPath(), null, tool);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("'" + server + "' is not the URL of a server", ex);
		}
	}

}

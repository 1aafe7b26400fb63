package io.github.x402sessions.facilitator.admin;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * Keeps the address from which a connection comes, whatever the headers of a call say:
 * where those are believed, the container gives out what they claim. Thread-safe.
 */
final class PeerAddressValve extends ValveBase {

	private static final String PEER = PeerAddressValve.class.getName();

	PeerAddressValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		request.setAttribute(PEER, request.getPeerAddr());
		getNext().invoke(request, response);
	}

	/** Return where the connection of a call comes from. */
	static String of(ServerRequest request) {
		return request.attribute(PEER)
			.map(Object::toString)
			.orElseThrow(() -> new IllegalStateException("nobody has looked where the call comes from"));
	}

}

package io.github.x402sessions.facilitator.http;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Does not wait for the rest of a body that nobody wants, such as that of a caller
 * without a key: the connection is closed after the answer. Tomcat would keep a thread
 * reading it. Thread-safe.
 */
public final class UnreadBodies extends ValveBase {

	private static final int FIRST_REFUSAL = 400;

	/**
	 * Create it, for requests of any kind.
	 */
	public UnreadBodies() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		if (!request.isAsync() && response.getStatus() >= FIRST_REFUSAL && !request.getCoyoteRequest().isFinished()) {
			request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

}

package io.github.x402sessions.facilitator.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a request be asked whether its caller still holds the connection. A caller that
 * ran out of patience has closed it, and what is then written disappears without an
 * error. The servlet API does not tell; Tomcat's connector does. Thread-safe.
 */
public final class CallerWatch extends ValveBase {

	private static final String ATTRIBUTE = CallerWatch.class.getName() + ".gone";

	/** What the connector says to be available where reading has failed. */
	private static final int END_OF_STREAM = 1;

	/**
	 * Create the watch, for requests of any kind.
	 */
	public CallerWatch() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		BooleanSupplier gone = () -> isGone(request.getCoyoteRequest());
		request.setAttribute(ATTRIBUTE, gone);
		getNext().invoke(request, response);
	}

	/**
	 * The body was read, so there is nothing to read but the end, or the head of a
	 * request sent ahead, which is longer.
	 */
	private static boolean isGone(org.apache.coyote.Request request) {
		request.action(ActionCode.AVAILABLE, Boolean.TRUE);
		return request.getAvailable() == END_OF_STREAM;
	}

	/** Whether the caller of a request, whose body was read, is known to have gone. */
	static boolean isGone(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier gone && gone.getAsBoolean();
	}

}

package io.github.x402sessions.servlet.hold;

import java.util.List;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The view of a {@link HeldResponse} for handlers: a wrapper, as containers expect of a
 * filter. Tomcat looks for the innermost response when it dispatches, puts its own
 * wrapper in front of it, and ends it after a forward: here it finds the held one. Others
 * include only what wraps a response of their own; they are shown the raw one, and write
 * to the held one all the same.
 */
final class PaidResponse extends HttpServletResponseWrapper {

	private static final List<String> THOSE_WHO_LOOK = List.of("org.eclipse.jetty.", "org.springframework.mock.web.");

	private final @Nullable HttpServletResponse shown;

	PaidResponse(HeldResponse held) {
		super(held);
		this.shown = isLookedFor(held.raw()) ? held.raw() : null;
	}

	private static boolean isLookedFor(ServletResponse raw) {
		return (raw instanceof ServletResponseWrapper wrapper) ? isLookedFor(wrapper.getResponse())
				: THOSE_WHO_LOOK.stream().anyMatch(raw.getClass().getName()::startsWith);
	}

	@Override
	public ServletResponse getResponse() {
		return (this.shown != null) ? this.shown : super.getResponse();
	}

	/**
	 * Put a wrapper in front of the response that was found.
	 * @throws IllegalStateException if the raw one is shown: what is written would leave
	 * unpaid
	 */
	@Override
	public void setResponse(ServletResponse response) {
		if (this.shown != null) {
			throw new IllegalStateException("a priced route cannot write to another response");
		}
		super.setResponse(response);
	}

}

package io.github.x402sessions.servlet.challenge;

import io.github.x402sessions.core.challenge.ResponseHeaders;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that was let through unpaid: shared caches must not give it to
 * others, whatever the handler says of them.
 */
public final class PrivateResponse extends HttpServletResponseWrapper {

	public PrivateResponse(HttpServletResponse response) {
		super(response);
		ResponseHeaders.keepPrivate(new ServletAnswer(response));
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		if (isCacheControl(name)) {
			super.setHeader(name, ResponseHeaders.withPrivate((value != null) ? value : ""));
		}
		else {
			String withheld = (value != null) ? ResponseHeaders.withheld(name) : null;
			super.setHeader(name, (withheld != null) ? withheld : value);
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (isCacheControl(name) && value != null) {
			setHeader(name, String.join(", ", getHeaders(name)) + ", " + value);
		}
		else if (value != null && ResponseHeaders.withheld(name) != null) {
			setHeader(name, value);
		}
		else {
			super.addHeader(name, value);
		}
	}

	@Override
	public void reset() {
		super.reset();
		setHeader("Cache-Control", null);
	}

	private static boolean isCacheControl(String name) {
		return name.equalsIgnoreCase("Cache-Control");
	}

}

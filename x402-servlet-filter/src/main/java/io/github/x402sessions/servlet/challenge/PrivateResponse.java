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
	public void setIntHeader(String name, int value) {
		if (isForCaches(name)) {
			setHeader(name, Integer.toString(value));
		}
		else {
			super.setIntHeader(name, value);
		}
	}

	@Override
	public void addIntHeader(String name, int value) {
		if (isForCaches(name)) {
			addHeader(name, Integer.toString(value));
		}
		else {
			super.addIntHeader(name, value);
		}
	}

	@Override
	public void setDateHeader(String name, long value) {
		if (isForCaches(name)) {
			setHeader(name, Long.toString(value));
		}
		else {
			super.setDateHeader(name, value);
		}
	}

	@Override
	public void addDateHeader(String name, long value) {
		if (isForCaches(name)) {
			addHeader(name, Long.toString(value));
		}
		else {
			super.addDateHeader(name, value);
		}
	}

	@Override
	public void reset() {
		super.reset();
		setHeader("Cache-Control", null);
	}

	private static boolean isForCaches(String name) {
		return isCacheControl(name) || ResponseHeaders.withheld(name) != null;
	}

	private static boolean isCacheControl(String name) {
		return name.equalsIgnoreCase("Cache-Control");
	}

}

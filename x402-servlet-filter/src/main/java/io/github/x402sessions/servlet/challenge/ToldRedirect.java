package io.github.x402sessions.servlet.challenge;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * An answer that tells a redirect in place of being one, for the page that pays: the
 * script of a page can neither see where a redirect leads nor keep its payment from going
 * there. Whatever else it is asked for, an answer is what it would have been.
 */
public final class ToldRedirect extends HttpServletResponseWrapper {

	/** Of a request: {@code tell}. Of an answer: where it leads. */
	static final String HEADER = "X402-Redirect";

	private static final Set<Integer> REDIRECTS = Set.of(SC_MOVED_PERMANENTLY, SC_FOUND, SC_SEE_OTHER,
			SC_TEMPORARY_REDIRECT, 308);

	private boolean redirecting;

	private ToldRedirect(HttpServletResponse response) {
		super(response);
	}

	/**
	 * Return the answer to a request.
	 * @param request the request, which asks for this by a header
	 * @param response its answer, of which nothing was set
	 * @return the answer to write to
	 */
	public static HttpServletResponse where(HttpServletRequest request, HttpServletResponse response) {
		return "tell".equals(request.getHeader(HEADER)) ? new ToldRedirect(response) : response;
	}

	@Override
	public void setStatus(int status) {
		this.redirecting = REDIRECTS.contains(status);
		super.setStatus(this.redirecting ? SC_OK : status);
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		super.setHeader(told(name), value);
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		super.addHeader(told(name), value);
	}

	private String told(String name) {
		return (this.redirecting && name.equalsIgnoreCase("Location")) ? HEADER : name;
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		sendRedirect(location, SC_FOUND, true);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		sendRedirect(location, status, true);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		sendRedirect(location, SC_FOUND, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		if (clearBuffer) {
			resetBuffer();
		}
		setStatus(status);
		setHeader("Location", location);
		flushBuffer();
	}

	@Override
	public void reset() {
		super.reset();
		this.redirecting = false;
	}

}

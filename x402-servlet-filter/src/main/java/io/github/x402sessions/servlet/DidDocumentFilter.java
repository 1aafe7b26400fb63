package io.github.x402sessions.servlet;

import java.io.IOException;

import io.github.x402sessions.core.offer.OfferSigner;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Publishes the keys of an {@link OfferSigner} at the path of its name, such as
 * {@code /.well-known/did.json}, to everybody and for free. It has to be in front of the
 * {@link PaymentFilter} and of whatever asks for a password, and sees the whole path, so
 * in a context of another path the name has to have that. Thread-safe.
 */
public final class DidDocumentFilter implements Filter {

	/** Clients may keep it for as long as a new key is published before it signs. */
	private static final String CACHE_CONTROL = "public, max-age=300";

	private final String path;

	private final byte[] document;

	/**
	 * Create a filter.
	 * @param signer whose keys are published
	 */
	public DidDocumentFilter(OfferSigner signer) {
		this.path = signer.did().documentPath();
		this.document = signer.document();
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer
				&& this.path.equals(http.getRequestURI()) && isRead(http.getMethod())) {
			write(answer);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static boolean isRead(String method) {
		return "GET".equals(method) || "HEAD".equals(method);
	}

	/** The container leaves the body of an answer to HEAD out. */
	private void write(HttpServletResponse response) throws IOException {
		response.setContentType("application/did+json");
		response.setHeader("Cache-Control", CACHE_CONTROL);
		response.setHeader("Access-Control-Allow-Origin", "*");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setContentLength(this.document.length);
		response.getOutputStream().write(this.document);
	}

}

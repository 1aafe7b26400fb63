package io.github.x402sessions.servlet.idempotency;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;

import io.github.x402sessions.servlet.body.BodyAccess;
import io.github.x402sessions.servlet.body.FormType;
import io.github.x402sessions.servlet.request.RequestWithoutPayment;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is hashed as its handler reads it, or has its container read it.
 */
public final class HashedRequest extends HttpServletRequestWrapper {

	/** Containers put requests of their own below this one while they forward. */
	private final HttpServletRequest received;

	private final ReadBodyHash hash;

	private final BodyAccess body;

	public HashedRequest(HttpServletRequest request, ReadBodyHash hash) {
		super(request);
		this.received = RequestWithoutPayment.received(request);
		this.hash = hash;
		this.body = new BodyAccess(this, () -> new HashedInput(request.getInputStream(), hash));
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return this.body.stream();
	}

	@Override
	public BufferedReader getReader() throws IOException {
		return this.body.reader();
	}

	@Override
	public @Nullable String getParameter(String name) {
		hashParameters();
		return super.getParameter(name);
	}

	@Override
	public Enumeration<String> getParameterNames() {
		hashParameters();
		return super.getParameterNames();
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		hashParameters();
		return super.getParameterValues(name);
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		hashParameters();
		return super.getParameterMap();
	}

	@Override
	public Collection<Part> getParts() throws IOException, ServletException {
		hashParts();
		return super.getParts();
	}

	@Override
	public @Nullable Part getPart(String name) throws IOException, ServletException {
		hashParts();
		return super.getPart(name);
	}

	/** At the first time: the handler may delete parts as soon as it has them. */
	private void hashParts() throws IOException, ServletException {
		if (this.hash.lacksParts()) {
			this.hash.parts(this.received.getParts(), this.received.getCharacterEncoding());
		}
	}

	private void hashParameters() {
		if (this.hash.lacksParameters() && FormType.isForm(this.received.getContentType())) {
			this.hash.parameters(this.received.getParameterMap(), this.received.getCharacterEncoding());
		}
	}

}

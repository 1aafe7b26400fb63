package io.github.x402sessions.servlet.idempotency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;

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

	private @Nullable ServletInputStream input;

	private @Nullable BufferedReader reader;

	public HashedRequest(HttpServletRequest request, ReadBodyHash hash) {
		super(request);
		this.received = RequestWithoutPayment.received(request);
		this.hash = hash;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		if (this.reader != null) {
			throw new IllegalStateException("getReader() has already been called for this request");
		}
		return input();
	}

	@Override
	public BufferedReader getReader() throws IOException {
		BufferedReader reader = this.reader;
		if (reader == null) {
			if (this.input != null) {
				throw new IllegalStateException("getInputStream() has already been called for this request");
			}
			reader = new BufferedReader(new InputStreamReader(input(), charset()));
			this.reader = reader;
		}
		return reader;
	}

	private Charset charset() throws UnsupportedEncodingException {
		String name = getCharacterEncoding();
		try {
			return (name != null) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
		}
		catch (IllegalArgumentException ex) {
			throw new UnsupportedEncodingException(name);
		}
	}

	private ServletInputStream input() throws IOException {
		ServletInputStream input = this.input;
		if (input == null) {
			input = new HashedInput(super.getInputStream(), this.hash);
			this.input = input;
		}
		return input;
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
		if (this.hash.lacksParameters() && ReadBodyHash.hasParameters(this.received)) {
			this.hash.parameters(this.received.getParameterMap(), this.received.getCharacterEncoding());
		}
	}

}

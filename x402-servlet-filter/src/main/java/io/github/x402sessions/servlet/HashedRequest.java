package io.github.x402sessions.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is hashed as its handler reads it.
 */
final class HashedRequest extends HttpServletRequestWrapper {

	private final BodyHash hash;

	private @Nullable ServletInputStream input;

	private @Nullable BufferedReader reader;

	HashedRequest(HttpServletRequest request, BodyHash hash) {
		super(request);
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

}

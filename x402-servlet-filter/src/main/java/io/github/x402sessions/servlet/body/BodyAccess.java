package io.github.x402sessions.servlet.body;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The two ways to read a body that is not the container's own, of which a handler may
 * take one. Used by one thread at a time.
 */
public final class BodyAccess {

	private final HttpServletRequest request;

	private final Source source;

	private @Nullable ServletInputStream input;

	private @Nullable BufferedReader reader;

	/**
	 * Create the access to a body.
	 * @param request tells its encoding
	 * @param source opens it, once
	 */
	public BodyAccess(HttpServletRequest request, Source source) {
		this.request = request;
		this.source = source;
	}

	/** The body as bytes. */
	public ServletInputStream stream() throws IOException {
		if (this.reader != null) {
			throw new IllegalStateException("getReader() has already been called for this request");
		}
		return input();
	}

	/** The body as text. */
	public BufferedReader reader() throws IOException {
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
		String name = this.request.getCharacterEncoding();
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
			input = this.source.open();
			this.input = input;
		}
		return input;
	}

	/** Opens a body. */
	@FunctionalInterface
	public interface Source {

		ServletInputStream open() throws IOException;

	}

}

package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.core.settle.ResponseCopy;
import io.github.x402sessions.servlet.challenge.ServletAnswer;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * All of an answer that waits for a payment but its body: status, headers, cookies, media
 * type, charset, length, language, trailers, and an {@link Ending}. Used by one thread at
 * a time.
 */
final class ResponseHead {

	private final HttpServletResponse raw;

	private final HeldHeaders headers;

	private final HeldContentType contentType;

	private final List<Cookie> cookies = new ArrayList<>();

	private int status = HttpServletResponse.SC_OK;

	private long contentLength = -1;

	private @Nullable Locale locale;

	private @Nullable Supplier<Map<String, String>> trailers;

	private @Nullable Ending ending;

	ResponseHead(HttpServletResponse raw) {
		this.raw = raw;
		this.headers = new HeldHeaders(raw);
		this.contentType = new HeldContentType(raw);
	}

	int status() {
		return this.status;
	}

	void status(int status) {
		this.status = status;
	}

	HeldContentType contentType() {
		return this.contentType;
	}

	/** The length that was declared, bytes; -1 if none was. */
	long contentLength() {
		return this.contentLength;
	}

	void contentLength(long length) {
		this.contentLength = length;
	}

	Locale locale() {
		return (this.locale != null) ? this.locale : this.raw.getLocale();
	}

	void locale(Locale locale) {
		this.locale = locale;
	}

	@Nullable Supplier<Map<String, String>> trailers() {
		return this.trailers;
	}

	void trailers(@Nullable Supplier<Map<String, String>> trailers) {
		this.trailers = trailers;
	}

	void addCookie(Cookie cookie) {
		this.cookies.add(cookie);
	}

	void setHeader(String name, @Nullable String value) {
		if (isContentType(name)) {
			this.contentType.setType(value);
		}
		else if (isContentLength(name)) {
			this.contentLength = (value != null) ? Long.parseLong(value.trim()) : -1;
		}
		else {
			this.headers.set(name, value);
		}
	}

	void addHeader(String name, @Nullable String value) {
		if (isContentType(name) || isContentLength(name)) {
			setHeader(name, value);
		}
		else {
			this.headers.add(name, value);
		}
	}

	Collection<String> headers(String name) {
		if (isContentType(name)) {
			String type = this.contentType.type();
			return (type != null) ? List.of(type) : List.of();
		}
		if (isContentLength(name) && this.contentLength >= 0) {
			return List.of(Long.toString(this.contentLength));
		}
		return this.headers.all(name);
	}

	Collection<String> headerNames() {
		return this.headers.names();
	}

	private static boolean isContentType(String name) {
		return name.equalsIgnoreCase("Content-Type");
	}

	private static boolean isContentLength(String name) {
		return name.equalsIgnoreCase("Content-Length");
	}

	void end(int status, Ending ending) {
		this.status = status;
		this.ending = ending;
	}

	boolean hasEnded() {
		return this.ending != null;
	}

	/** Forget all but an ending, which cannot be taken back. */
	void forget() {
		this.headers.forget();
		this.contentType.forget();
		this.cookies.clear();
		this.status = HttpServletResponse.SC_OK;
		this.contentLength = -1;
		this.locale = null;
		this.trailers = null;
	}

	/**
	 * Check the length that was declared.
	 * @param body the length of the body so far, bytes
	 * @throws IllegalStateException if the body is longer
	 */
	void requireLength(int body) {
		if (this.contentLength >= 0 && body > this.contentLength && !hasEnded()) {
			throw new IllegalStateException(
					"the body of " + body + " bytes is longer than its Content-Length of " + this.contentLength);
		}
	}

	/** Hand all but trailers and ending to the raw response. Nothing leaves yet. */
	void handOver() {
		this.raw.setStatus(this.status);
		if (this.locale != null) {
			this.raw.setLocale(this.locale);
		}
		this.contentType.release();
		this.headers.release();
		this.cookies.forEach(this.raw::addCookie);
		if (this.contentLength >= 0) {
			this.raw.setContentLengthLong(this.contentLength);
		}
	}

	/** Send the ending, if there is one. */
	void sendEnding() throws IOException {
		if (this.ending != null) {
			this.ending.action().on(this.raw);
		}
	}

	/** It was handed over: copy it from there. An answer with trailers has no copy. */
	void copyTo(ResponseCopy copy) {
		copy.begin(new ServletAnswer(this.raw), this.status, this.raw.getContentType(),
				hasEnded() ? -1 : this.contentLength, (this.ending != null) ? this.ending.location() : null);
		if (this.trailers != null) {
			copy.giveUp();
		}
	}

}

package io.github.x402sessions.servlet;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link HeldResponse} that comes before the body: status, headers,
 * cookies, content type, redirect and error.
 */
abstract class HeldHead extends HttpServletResponseWrapper {

	private final HttpServletResponse raw;

	private final HeldHeaders headers;

	private final HeldContentType contentType;

	private final List<Cookie> cookies = new ArrayList<>();

	private int status = SC_OK;

	private long contentLength = -1;

	private @Nullable Locale locale;

	private @Nullable Ending ending;

	private int includes;

	HeldHead(HttpServletResponse raw) {
		super(raw);
		this.raw = raw;
		this.headers = new HeldHeaders(raw);
		this.contentType = new HeldContentType(raw);
	}

	/** Whether changes are still kept instead of going to the raw response. */
	abstract boolean isHolding();

	/** Whether changes go to the raw response. */
	abstract boolean isReleased();

	HttpServletResponse raw() {
		return this.raw;
	}

	boolean hasEnded() {
		return this.ending != null;
	}

	/**
	 * Whether another servlet is included, which may change nothing but the body (Servlet
	 * 6.1, 9.3). Tomcat sees to it below this response, where it is too late.
	 */
	boolean isIncluded() {
		return this.includes > 0;
	}

	void beginInclude() {
		this.includes++;
	}

	void endInclude() {
		this.includes--;
	}

	String fixCharset() {
		return this.contentType.fixCharset();
	}

	void end(int status, Ending ending) {
		this.status = status;
		this.ending = ending;
	}

	void forgetHead() {
		this.headers.forget();
		this.contentType.forget();
		this.cookies.clear();
		this.status = SC_OK;
		this.contentLength = -1;
		this.locale = null;
	}

	void requireLength(int body) {
		if (this.contentLength >= 0 && body > this.contentLength && this.ending == null) {
			throw new IllegalStateException(
					"the body of " + body + " bytes is longer than its Content-Length of " + this.contentLength);
		}
	}

	/** Hand all but the ending to the raw response. */
	void releaseHead() {
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

	void releaseEnding() throws IOException {
		if (this.ending != null) {
			this.ending.action().on(this.raw);
		}
	}

	/** The head was handed to the raw response: copy it from there. */
	void copyHead(AnswerCopy copy) {
		copy.begin(this.raw, this.status, this.contentLength, (this.ending != null) ? this.ending.location() : null);
	}

	private void change(Runnable held, Runnable released) {
		if (isReleased()) {
			released.run();
		}
		else if (isHolding() && this.ending == null && !isIncluded()) {
			held.run();
		}
	}

	@Override
	public void setStatus(int status) {
		change(() -> this.status = status, () -> super.setStatus(status));
	}

	/**
	 * Set the status; containers send no message with it any more. In the {@code javax}
	 * jar this overrides a method that {@code jakarta.servlet} has dropped: without it, a
	 * status would pass us by.
	 * @param status the status
	 * @param message ignored
	 */
	@SuppressWarnings("unused")
	public void setStatus(int status, @Nullable String message) {
		setStatus(status);
	}

	@Override
	public int getStatus() {
		return isHolding() ? this.status : super.getStatus();
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		if (name.equalsIgnoreCase("Content-Type")) {
			setContentType(value);
		}
		else if (name.equalsIgnoreCase("Content-Length")) {
			setContentLengthLong((value != null) ? Long.parseLong(value.trim()) : -1);
		}
		else {
			change(() -> this.headers.set(name, value), () -> super.setHeader(name, value));
		}
	}

	@Override
	public void addHeader(String name, String value) {
		if (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length")) {
			setHeader(name, value);
		}
		else {
			change(() -> this.headers.add(name, value), () -> super.addHeader(name, value));
		}
	}

	@Override
	public void setIntHeader(String name, int value) {
		setHeader(name, Integer.toString(value));
	}

	@Override
	public void addIntHeader(String name, int value) {
		addHeader(name, Integer.toString(value));
	}

	@Override
	public void setDateHeader(String name, long date) {
		setHeader(name, HeldHeaders.date(date));
	}

	@Override
	public void addDateHeader(String name, long date) {
		addHeader(name, HeldHeaders.date(date));
	}

	@Override
	public boolean containsHeader(String name) {
		return getHeader(name) != null;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return getHeaders(name).stream().findFirst().orElse(null);
	}

	@Override
	public Collection<String> getHeaders(String name) {
		if (!isHolding()) {
			return super.getHeaders(name);
		}
		if (name.equalsIgnoreCase("Content-Type")) {
			String type = getContentType();
			return (type != null) ? List.of(type) : List.of();
		}
		if (name.equalsIgnoreCase("Content-Length") && this.contentLength >= 0) {
			return List.of(Long.toString(this.contentLength));
		}
		return this.headers.all(name);
	}

	@Override
	public Collection<String> getHeaderNames() {
		return isHolding() ? this.headers.names() : super.getHeaderNames();
	}

	@Override
	public void addCookie(Cookie cookie) {
		change(() -> this.cookies.add(cookie), () -> super.addCookie(cookie));
	}

	@Override
	public void setContentLength(int length) {
		setContentLengthLong(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		change(() -> this.contentLength = length, () -> super.setContentLengthLong(length));
	}

	@Override
	public void setContentType(@Nullable String type) {
		change(() -> this.contentType.setType(type), () -> super.setContentType(type));
	}

	@Override
	public @Nullable String getContentType() {
		return isHolding() ? this.contentType.type() : super.getContentType();
	}

	@Override
	public void setCharacterEncoding(@Nullable String charset) {
		change(() -> this.contentType.setCharset(charset), () -> raw().setCharacterEncoding(charset));
	}

	@Override
	public void setCharacterEncoding(@Nullable Charset charset) {
		setCharacterEncoding((charset != null) ? charset.name() : null);
	}

	@Override
	public String getCharacterEncoding() {
		return isHolding() ? this.contentType.charset() : super.getCharacterEncoding();
	}

	@Override
	public void setLocale(Locale locale) {
		change(() -> this.locale = locale, () -> super.setLocale(locale));
	}

	@Override
	public Locale getLocale() {
		Locale held = this.locale;
		return (isHolding() && held != null) ? held : super.getLocale();
	}

	/**
	 * What ends a response instead of a body: an error or a redirect, which only the
	 * container can send.
	 *
	 * @param location where to, or {@code null} for an error
	 * @param action sends it
	 */
	record Ending(@Nullable String location, EndingAction action) {

		static Ending error(EndingAction action) {
			return new Ending(null, action);
		}

	}

	/** Sends an ending. */
	@FunctionalInterface
	interface EndingAction {

		void on(HttpServletResponse raw) throws IOException;

	}

}

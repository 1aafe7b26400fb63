package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link HeldResponse} that comes before the body: status, headers,
 * cookies, redirect and error, and what {@link HeldEntity} has.
 */
abstract class HeldHead extends HeldEntity {

	private final HeldHeaders headers;

	private final List<Cookie> cookies = new ArrayList<>();

	private int status = SC_OK;

	private @Nullable Ending ending;

	private int includes;

	HeldHead(HttpServletResponse raw) {
		super(raw);
		this.headers = new HeldHeaders(raw);
	}

	/** Whether changes go to the raw response. */
	abstract boolean isReleased();

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

	void end(int status, Ending ending) {
		this.status = status;
		this.ending = ending;
	}

	void forgetHead() {
		forgetEntity();
		this.headers.forget();
		this.cookies.clear();
		this.status = SC_OK;
	}

	void requireLength(int body) {
		if (contentLength() >= 0 && body > contentLength() && this.ending == null) {
			throw new IllegalStateException(
					"the body of " + body + " bytes is longer than its Content-Length of " + contentLength());
		}
	}

	/** Hand all but the ending to the raw response. */
	void releaseHead() {
		raw().setStatus(this.status);
		releaseType();
		this.headers.release();
		this.cookies.forEach(raw()::addCookie);
		releaseLength();
	}

	void releaseEnding() throws IOException {
		if (this.ending != null) {
			this.ending.action().on(raw());
		}
	}

	/** The head was handed to the raw response: copy it from there. */
	void copyHead(AnswerCopy copy) {
		copy.begin(raw(), this.status, contentLength(), (this.ending != null) ? this.ending.location() : null);
	}

	/** After the commit point the head stays as it is, whether or not it has left. */
	@Override
	void change(Runnable change) {
		if (isHolding() && this.ending == null && !isIncluded()) {
			change.run();
		}
	}

	@Override
	public void setStatus(int status) {
		change(() -> this.status = status);
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
			change(() -> this.headers.set(name, value));
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length")) {
			setHeader(name, value);
		}
		else {
			change(() -> this.headers.add(name, value));
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
		if (name.equalsIgnoreCase("Content-Length") && contentLength() >= 0) {
			return List.of(Long.toString(contentLength()));
		}
		return this.headers.all(name);
	}

	@Override
	public Collection<String> getHeaderNames() {
		return isHolding() ? this.headers.names() : super.getHeaderNames();
	}

	@Override
	public void addCookie(Cookie cookie) {
		change(() -> this.cookies.add(cookie));
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

package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.settle.CommitPoint;
import io.github.x402sessions.core.settle.ResponseCommit;
import io.github.x402sessions.core.settle.ResponseCopy;
import io.github.x402sessions.core.settle.ResponseDelivery;
import io.github.x402sessions.servlet.challenge.ServletAnswer;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything that a handler answers until its {@link CommitPoint}: the
 * {@link ResponseHead}, and up to a budget of body. There it is released to the raw
 * response, or forgotten. From then on it is committed: its head stays as it is, and its
 * body goes the same way. Used by one thread at a time, save for {@link #abandon}.
 * <p>
 * It is no {@code ServletResponseWrapper}, so that nobody finds the raw response behind
 * it: a container that forwards or includes puts its own wrapper in front of the
 * innermost response, and ends that one after a forward. What handlers get is a wrapper
 * of this response, because some containers ask for one.
 */
public final class HeldResponse implements HttpServletResponse {

	private final HttpServletResponse raw;

	private final ResponseHead head;

	private final HeldBody body;

	private final ResponseCommit commit;

	private final ResponseCopy copy;

	private final ResponseDelivery delivery;

	private final CommitPoint commitPoint;

	private @Nullable PrintWriter writer;

	private boolean streamTaken;

	private boolean finished;

	/**
	 * Create a held response.
	 * @param raw the response that the client gets
	 * @param budget how much body is kept, bytes
	 * @param commitPoint who decides on the release
	 * @param turns where write listeners run
	 * @param copy is made of what is released
	 */
	HeldResponse(HttpServletResponse raw, int budget, CommitPoint commitPoint, WriteTurns turns, ResponseCopy copy) {
		this.raw = raw;
		this.head = new ResponseHead(raw);
		this.commit = new ResponseCommit(commitPoint, new Undecided());
		this.copy = copy;
		this.commitPoint = commitPoint;
		this.delivery = new ResponseDelivery(copy, commitPoint);
		this.body = new HeldBody(this, budget, turns, this.delivery);
	}

	HttpServletResponse raw() {
		return this.raw;
	}

	/** Whether all is still kept instead of going to the raw response. */
	boolean isHolding() {
		return this.commit.isHolding();
	}

	/** Whether what is written goes to the raw response. */
	boolean isReleased() {
		return this.commit.isReleased();
	}

	/** Whether the raw response was answered otherwise. */
	boolean isReplaced() {
		return this.commit.isReplaced();
	}

	/** Whether an error or a redirect stands for the body. */
	boolean hasEnded() {
		return this.head.hasEnded();
	}

	/** Stop the handler's output where it has no right to go on. */
	void requireReleased() throws IOException {
		if (!isReleased()) {
			throw new IOException("the payment was not settled; the response was answered otherwise");
		}
	}

	/** No more can be kept. Does nothing once it is not. */
	void overflow() throws IOException {
		this.commit.reachEarly(true);
	}

	/**
	 * Hand the head to the raw response, which may refuse a cookie or a header: better
	 * before the payment than after it. Nothing leaves yet.
	 * @throws IllegalStateException if the body is longer than it was declared
	 */
	void prepare() {
		this.head.requireLength(this.body.size());
		this.head.handOver();
		Supplier<Map<String, String>> trailers = this.head.trailers();
		if (trailers != null) {
			this.raw.setTrailerFields(() -> isReleased() ? trailers.get() : Map.of());
		}
	}

	/** Whether the handler is done and has written less than it declared. */
	boolean isShort() {
		return this.finished && !hasEnded() && this.body.size() < this.head.contentLength();
	}

	/**
	 * What is held may leave, if that is known where it has to be; its head has been
	 * handed over.
	 */
	private boolean release(Consumer<OwnAnswer> addition) throws IOException {
		addition.accept(new ServletAnswer(this.raw));
		this.head.copyTo(this.copy);
		this.body.copyTo(this.copy);
		if (!this.copy.mayLeave(this.finished)) {
			return false;
		}
		this.delivery.release(this.body.size(), () -> {
			this.body.release();
			this.head.sendEnding();
		});
		return true;
	}

	/** The handler is done: what is still in the writer belongs to the body. */
	void finish() throws IOException {
		takeWritten();
		this.finished = true;
		this.commit.reach();
		this.commit.rethrowFailure();
		if (isReleased()) {
			this.commitPoint.delivery().delivered();
		}
		this.copy.complete();
	}

	/** Whether what was released no longer reaches the client. */
	boolean isClientGone() {
		return this.delivery.isClientGone();
	}

	/**
	 * The container tells the handler of an error: it may end its answer anywhere. May be
	 * called from any thread.
	 */
	void cutOff() {
		this.commitPoint.delivery().cutOff();
		this.copy.giveUp();
	}

	/** Nobody will write any more. May be called from any thread. */
	void over() {
		this.commitPoint.delivery().over();
		this.copy.close();
	}

	/**
	 * Nobody will finish this response: what is held never leaves. Does nothing after the
	 * commit point. May be called from any thread.
	 */
	void abandon() {
		this.commit.abandon();
	}

	/** Do something while this response is neither committed nor abandoned. */
	void exclusively(Runnable action) {
		this.commit.exclusively(action);
	}

	/** The handler failed: what is held is not its answer. */
	private void forget() {
		this.head.forget();
		this.body.forget();
	}

	/** After the commit point the head stays as it is, whether or not it has left. */
	private void change(Runnable change) {
		if (!isCommitted()) {
			change.run();
		}
	}

	private void requireUncommitted() {
		if (isCommitted()) {
			throw new IllegalStateException("the response is already committed");
		}
	}

	@Override
	public boolean isCommitted() {
		return !isHolding() || hasEnded();
	}

	@Override
	public void setStatus(int status) {
		change(() -> this.head.status(status));
	}

	/**
	 * Set the status; containers send no message with it any more. In the {@code javax}
	 * jar this implements a method that {@code jakarta.servlet} has dropped.
	 * @param status the status
	 * @param message ignored
	 */
	@SuppressWarnings("unused")
	public void setStatus(int status, @Nullable String message) {
		setStatus(status);
	}

	@Override
	public int getStatus() {
		return isHolding() ? this.head.status() : this.raw.getStatus();
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		change(() -> this.head.setHeader(name, value));
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		change(() -> this.head.addHeader(name, value));
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
		return isHolding() ? this.head.headers(name) : this.raw.getHeaders(name);
	}

	@Override
	public Collection<String> getHeaderNames() {
		return isHolding() ? this.head.headerNames() : this.raw.getHeaderNames();
	}

	@Override
	public void addCookie(Cookie cookie) {
		change(() -> this.head.addCookie(cookie));
	}

	@Override
	public void setContentLength(int length) {
		setContentLengthLong(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		change(() -> this.head.contentLength(length));
	}

	@Override
	public void setContentType(@Nullable String type) {
		change(() -> this.head.contentType().setType(type));
	}

	@Override
	public @Nullable String getContentType() {
		return isHolding() ? this.head.contentType().type() : this.raw.getContentType();
	}

	@Override
	public void setCharacterEncoding(@Nullable String charset) {
		change(() -> this.head.contentType().setCharset(charset));
	}

	@Override
	public void setCharacterEncoding(@Nullable Charset charset) {
		setCharacterEncoding((charset != null) ? charset.name() : null);
	}

	@Override
	public @Nullable String getCharacterEncoding() {
		return isHolding() ? this.head.contentType().charset() : this.raw.getCharacterEncoding();
	}

	@Override
	public void setLocale(Locale locale) {
		change(() -> this.head.locale(locale));
	}

	@Override
	public Locale getLocale() {
		return isHolding() ? this.head.locale() : this.raw.getLocale();
	}

	@Override
	public void setTrailerFields(@Nullable Supplier<Map<String, String>> trailers) {
		requireUncommitted();
		this.head.trailers(trailers);
	}

	@Override
	public @Nullable Supplier<Map<String, String>> getTrailerFields() {
		return this.head.trailers();
	}

	@Override
	public void sendError(int status) throws IOException {
		end(status, true, Ending.error((raw) -> raw.sendError(status)));
	}

	@Override
	public void sendError(int status, @Nullable String message) throws IOException {
		end(status, true, Ending.error((raw) -> raw.sendError(status, message)));
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		end(SC_FOUND, true, Ending.redirect(location, (raw) -> raw.sendRedirect(location)));
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
		end(status, clearBuffer, Ending.redirect(location, (raw) -> raw.sendRedirect(location, status, clearBuffer)));
	}

	private void end(int status, boolean clearBuffer, Ending ending) {
		requireUncommitted();
		if (clearBuffer) {
			resetBuffer();
		}
		else {
			takeWritten();
		}
		this.head.end(status, ending);
	}

	@Override
	public String encodeURL(String url) {
		return this.raw.encodeURL(url);
	}

	@Override
	public String encodeRedirectURL(String url) {
		return this.raw.encodeRedirectURL(url);
	}

	/**
	 * Encode a URL. In the {@code javax} jar this implements a method that
	 * {@code jakarta.servlet} has dropped.
	 * @param url the URL
	 * @return the encoded URL
	 */
	public String encodeUrl(String url) {
		return encodeURL(url);
	}

	/**
	 * Encode a URL that is redirected to. In the {@code javax} jar this implements a
	 * method that {@code jakarta.servlet} has dropped.
	 * @param url the URL
	 * @return the encoded URL
	 */
	public String encodeRedirectUrl(String url) {
		return encodeRedirectURL(url);
	}

	@Override
	public ServletOutputStream getOutputStream() {
		if (this.writer != null) {
			throw new IllegalStateException("getWriter() has already been called for this response");
		}
		this.streamTaken = true;
		return this.body;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.streamTaken) {
			throw new IllegalStateException("getOutputStream() has already been called for this response");
		}
		PrintWriter writer = this.writer;
		if (writer == null) {
			writer = new HeldWriter(this.body, charset(), this.body::quietly);
			this.writer = writer;
		}
		return writer;
	}

	private Charset charset() throws UnsupportedEncodingException {
		return isHolding() ? this.head.contentType().fixCharset()
				: HeldContentType.named(this.raw.getCharacterEncoding());
	}

	private void takeWritten() {
		if (this.writer != null) {
			this.body.quietly(this.writer::flush);
		}
	}

	@Override
	public void flushBuffer() throws IOException {
		if (hasEnded() || this.body.isClosed()) {
			return;
		}
		takeWritten();
		this.commit.reachEarly(false);
		if (isReleased()) {
			this.delivery.flush(this.raw::flushBuffer);
		}
	}

	@Override
	public void reset() {
		resetBuffer();
		forget();
		this.writer = null;
		this.streamTaken = false;
	}

	@Override
	public void resetBuffer() {
		requireUncommitted();
		if (this.writer != null) {
			this.body.discarding(this.writer::flush);
		}
		this.body.forget();
	}

	@Override
	public int getBufferSize() {
		return this.raw.getBufferSize();
	}

	@Override
	public void setBufferSize(int size) {
		requireUncommitted();
		this.raw.setBufferSize(size);
	}

	/** This response, as its commit sees it. */
	private final class Undecided implements ResponseCommit.Held {

		@Override
		public int getStatus() {
			return HeldResponse.this.getStatus();
		}

		@Override
		public boolean release(Consumer<OwnAnswer> addition) throws IOException {
			return HeldResponse.this.release(addition);
		}

		@Override
		public void forget() {
			HeldResponse.this.forget();
		}

	}

}

package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything that a handler answers until its {@link CommitPoint}: what
 * {@link HeldHead} has, and up to a budget of body. There it is released to the raw
 * response, or forgotten. From then on it is committed: its head stays as it is, and its
 * body goes the same way. Used by one thread at a time, save for {@link #abandon}.
 */
final class HeldResponse extends HeldEnding {

	private final Commitment commitment;

	private final HeldBody body;

	private final AnswerCopy copy;

	private final Delivery delivery;

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
	HeldResponse(HttpServletResponse raw, int budget, CommitPoint commitPoint, WriteTurns turns, AnswerCopy copy) {
		super(raw);
		this.commitment = new Commitment(commitPoint);
		this.copy = copy;
		this.delivery = new Delivery(copy);
		this.body = new HeldBody(this, budget, turns, this.delivery);
	}

	@Override
	boolean isHolding() {
		return this.commitment.isHolding();
	}

	@Override
	boolean isReleased() {
		return this.commitment.isReleased();
	}

	/** Whether the raw response was answered otherwise. */
	boolean isReplaced() {
		return this.commitment.isReplaced();
	}

	/** Stop the handler's output where it has no right to go on. */
	void requireReleased() throws IOException {
		if (!isReleased()) {
			throw new IOException("the payment was not settled; the response was answered otherwise");
		}
	}

	/** The first byte would leave now. Does nothing after the first time. */
	void commit() throws IOException {
		this.commitment.reach(this);
	}

	/**
	 * Hand the head to the raw response, which may refuse a cookie or a header: better
	 * before the payment than after it. Nothing leaves yet.
	 * @throws IllegalStateException if the body is longer than it was declared
	 */
	void prepare() {
		requireLength(this.body.size());
		releaseHead();
	}

	/** Whether the handler is done and has written less than it declared. */
	boolean isShort() {
		return this.finished && !hasEnded() && this.body.size() < contentLength();
	}

	/** What is held may leave; its head has been handed over. */
	void release(Consumer<HttpServletResponse> addition) throws IOException {
		addition.accept(raw());
		copyHead(this.copy);
		this.body.copyTo(this.copy);
		if (this.finished) {
			this.copy.complete();
		}
		this.delivery.release(() -> {
			this.body.release();
			releaseEnding();
		});
	}

	/** The handler is done: what is still in the writer belongs to the body. */
	void finish() throws IOException {
		takeWritten();
		this.finished = true;
		commit();
		this.commitment.rethrowFailure();
		this.copy.complete();
	}

	/** Whether what was released no longer reaches the client. */
	boolean isClientGone() {
		return this.delivery.isClientGone();
	}

	/** Nobody will write any more. May be called from any thread. */
	void over() {
		this.copy.close();
	}

	/**
	 * Nobody will finish this response: what is held never leaves. Does nothing after the
	 * commit point. May be called from any thread.
	 */
	void abandon() {
		this.commitment.abandon(this);
	}

	/** Do something while this response is neither committed nor abandoned. */
	void exclusively(Runnable action) {
		this.commitment.exclusively(action);
	}

	/** The handler failed: what is held is not its answer. */
	void forget() {
		forgetHead();
		this.body.forget();
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
			writer = new PrintWriter(new OutputStreamWriter(this.body, charset()));
			this.writer = writer;
		}
		return writer;
	}

	private Charset charset() throws UnsupportedEncodingException {
		String name = isHolding() ? fixCharset() : getCharacterEncoding();
		try {
			return Charset.forName(name);
		}
		catch (IllegalArgumentException ex) {
			throw new UnsupportedEncodingException(name);
		}
	}

	@Override
	public void flushBuffer() throws IOException {
		if (hasEnded()) {
			return;
		}
		takeWritten();
		commit();
		if (isReleased()) {
			this.delivery.flush(super::flushBuffer);
		}
	}

	@Override
	public boolean isCommitted() {
		return !isHolding() || hasEnded();
	}

	@Override
	void takeWritten() {
		if (this.writer != null) {
			this.body.quietly(this.writer::flush);
		}
	}

	@Override
	public void reset() {
		if (isIncluded()) {
			return;
		}
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
	public void setBufferSize(int size) {
		requireUncommitted();
		super.setBufferSize(size);
	}

	@Override
	public void setTrailerFields(Supplier<Map<String, String>> supplier) {
		throw new UnsupportedOperationException("a priced route cannot send trailers");
	}

	/** A step that writes. */
	@FunctionalInterface
	interface BodyAction {

		void run() throws IOException;

	}

}

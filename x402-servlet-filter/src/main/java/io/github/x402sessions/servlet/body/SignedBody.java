package io.github.x402sessions.servlet.body;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.github.x402sessions.core.body.BodyStorage;
import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.body.StoredBody;
import io.github.x402sessions.core.scheme.SignedCall;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request whose payer has signed for it. It is received as a whole when
 * somebody asks for it the first time, be it a price, a filter in front or the comparison
 * itself, and stays readable from then on. What counts are the bytes as this server
 * receives them, after any transfer encoding and before any content encoding is taken
 * off. Used by one thread at a time.
 */
public final class SignedBody {

	private final HttpServletRequest request;

	private final BodyStorage storage;

	private @Nullable StoredBody stored;

	private @Nullable RuntimeException failure;

	private boolean forgone;

	/**
	 * Create a body that was not received yet.
	 * @param request the request, nothing of whose body was read
	 * @param storage receives it
	 */
	private SignedBody(HttpServletRequest request, BodyStorage storage) {
		this.request = request;
		this.storage = storage;
	}

	/**
	 * Give a request such a body.
	 * @param request the request, nothing of whose body was read
	 * @param storage receives the body
	 * @return the request, to be {@link #release released} in the end
	 */
	public static HttpServletRequest in(HttpServletRequest request, BodyStorage storage) {
		return new SignedRequest(request, new SignedBody(request, storage));
	}

	/** Return the body of a request that was given one, by whatever filter. */
	public static @Nullable SignedBody of(ServletRequest request) {
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			if (wrapper instanceof SignedRequest signed) {
				return signed.body();
			}
			inner = wrapper.getRequest();
		}
		return null;
	}

	/**
	 * Whether less of it is there than the request has declared: somebody in front has
	 * read it past this.
	 */
	public boolean isCut() {
		return stored().length() < this.request.getContentLengthLong();
	}

	/**
	 * Tell whether it is what a payer has signed for.
	 * @throws RefusedBodyException if it is too long or too slow, or there is no room
	 */
	public boolean isFor(SignedCall signed) {
		return stored().isOf(signed);
	}

	/** Nothing is sold: what nobody has asked for yet is the container's again. */
	public void forgo() {
		this.forgone = this.stored == null && this.failure == null;
	}

	boolean isForgone() {
		return this.forgone;
	}

	/** Receive it, or fail as the first time. */
	StoredBody stored() {
		this.forgone = false;
		if (this.failure != null) {
			throw this.failure;
		}
		StoredBody stored = this.stored;
		if (stored == null) {
			stored = receive();
			this.stored = stored;
		}
		return stored;
	}

	private StoredBody receive() {
		try {
			return this.storage.receive(this.request.getInputStream(), this.request.getContentLengthLong());
		}
		catch (RefusedBodyException ex) {
			this.failure = ex;
			throw ex;
		}
		catch (IOException ex) {
			UncheckedIOException failure = new UncheckedIOException(ex);
			this.failure = failure;
			throw failure;
		}
	}

	/** The dispatch is over: let go of it now or, if the request goes on, with it. */
	public void release() {
		if (this.request.isAsyncStarted()) {
			this.request.getAsyncContext().addListener(new Release());
		}
		else {
			close();
		}
	}

	private void close() {
		try {
			if (this.stored != null) {
				this.stored.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Lets go at the end of an asynchronous request. */
	private final class Release implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			close();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onError(AsyncEvent event) {
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}

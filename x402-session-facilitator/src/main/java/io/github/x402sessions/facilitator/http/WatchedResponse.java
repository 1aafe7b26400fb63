package io.github.x402sessions.facilitator.http;

import java.io.IOException;
import java.io.InterruptedIOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer of which it matters whether it leaves: it is written at once, and somebody
 * hears if that failed or its caller has gone. Who only ends what it sends, or sends its
 * next request already, has not gone.
 *
 * @param answer the answer
 * @param left hears that it left
 * @param lost hears that it did not leave
 */
record WatchedResponse(ServerResponse answer, Runnable left, Runnable lost) implements WrappedServerResponse {

	private static final ReadListener NOBODY = new ReadListener() {

		@Override
		public void onDataAvailable() {
			// the body was read before
		}

		@Override
		public void onAllDataRead() {
			// and so it was as a whole
		}

		@Override
		public void onError(Throwable failure) {
			// writing will fail too
		}

	};

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
			throws ServletException, IOException {
		boolean gone = false;
		try {
			ModelAndView view = this.answer.writeTo(request, mayBeGone(request) ? new HeadFirst(response) : response,
					context);
			response.flushBuffer();
			gone = true;
			return view;
		}
		finally {
			(gone ? this.left : this.lost).run();
		}
	}

	/**
	 * Tell whether the caller has sent more than the request: its next one, or the end,
	 * which may be that of what it sends or that of the connection. The body was read by
	 * the {@link BodyFilter}. A container looks for it without waiting only where
	 * somebody listens.
	 */
	private static boolean mayBeGone(HttpServletRequest request) {
		AsyncContext listening = request.startAsync();
		try {
			request.getInputStream().setReadListener(NOBODY);
			return request.getInputStream().available() > 0;
		}
		catch (IOException ex) {
			return true;
		}
		finally {
			listening.complete();
		}
	}

	/**
	 * Sends the head of an answer ahead. What is written first to a connection that its
	 * caller has closed disappears without an error; only then does the other side say
	 * that nobody is there, and what is written next fails.
	 */
	private static final class HeadFirst extends HttpServletResponseWrapper {

		/** Long enough for an answer from the same continent. */
		private static final long ROUND_TRIP_MILLIS = 250;

		HeadFirst(HttpServletResponse response) {
			super(response);
		}

		@Override
		public ServletOutputStream getOutputStream() throws IOException {
			flushBuffer();
			try {
				Thread.sleep(ROUND_TRIP_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("interrupted while an answer is written");
			}
			return super.getOutputStream();
		}

	}

}

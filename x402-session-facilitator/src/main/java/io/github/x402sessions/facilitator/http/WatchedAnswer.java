package io.github.x402sessions.facilitator.http;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer of which it matters whether it leaves: it is written at once, and somebody
 * hears if that failed or its caller has gone.
 *
 * @param answer the answer
 * @param lost hears that it did not leave
 */
record WatchedAnswer(ServerResponse answer, Runnable lost) implements ServerResponse {

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
	public HttpStatusCode statusCode() {
		return this.answer.statusCode();
	}

	@Override
	public HttpHeaders headers() {
		return this.answer.headers();
	}

	@Override
	public MultiValueMap<String, Cookie> cookies() {
		return this.answer.cookies();
	}

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
			throws ServletException, IOException {
		boolean left = false;
		try {
			boolean gone = isGone(request);
			ModelAndView view = this.answer.writeTo(request, response, context);
			response.flushBuffer();
			left = !gone;
			return view;
		}
		finally {
			if (!left) {
				this.lost.run();
			}
		}
	}

	/**
	 * Tell whether the caller is known to have gone: who ran out of patience has closed
	 * the connection, and what is then written disappears without an error. The body was
	 * read by the {@link BodyFilter}, so what there still is to read is the end. A
	 * container looks for it without waiting only where somebody listens.
	 */
	private static boolean isGone(HttpServletRequest request) {
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

}

package io.github.x402sessions.facilitator.http;

import java.io.IOException;

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
			boolean gone = CallerWatch.isGone(request);
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

}

package io.github.x402sessions.spring.observation;

import java.io.IOException;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Ends the observations of paid requests, which {@link SettlementObservations} begins
 * once it is known that their route has a price. Stands in front of the payment filter.
 */
final class PaymentObservationFilter implements Filter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			ObservedRequest observed = ObservedRequest.of(request);
			if (observed != null) {
				observed.end(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, ex);
			}
			throw ex;
		}
		ObservedRequest observed = ObservedRequest.of(request);
		if (observed == null) {
			return;
		}
		if (request.isAsyncStarted()) {
			request.getAsyncContext().addListener(new End(observed));
		}
		else {
			observed.end(((HttpServletResponse) response).getStatus(), null);
		}
	}

	private record End(ObservedRequest observed) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			int status = (event.getSuppliedResponse() instanceof HttpServletResponse response) ? response.getStatus()
					: HttpServletResponse.SC_OK;
			this.observed.end(status, null);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// The container completes it, or an error dispatch does.
		}

		@Override
		public void onError(AsyncEvent event) {
			this.observed.end(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, event.getThrowable());
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}

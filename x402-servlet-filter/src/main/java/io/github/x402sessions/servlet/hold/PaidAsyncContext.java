package io.github.x402sessions.servlet.hold;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous context of a paid request, as its handler sees it: to complete meets
 * the commit point before the container completes.
 */
final class PaidAsyncContext implements AsyncContext {

	private static final Logger logger = LoggerFactory.getLogger(PaidAsyncContext.class);

	private final HeldResponse response;

	private final PaidResponse paid;

	private final AsyncCycle cycle;

	private final PaidAsyncListeners listeners;

	/**
	 * Create a context.
	 * @param response the held response
	 * @param paid what the handler got of it
	 * @param cycle how far the handling has come
	 */
	PaidAsyncContext(HeldResponse response, PaidResponse paid, AsyncCycle cycle) {
		this.response = response;
		this.paid = paid;
		this.cycle = cycle;
		this.listeners = new PaidAsyncListeners(this, cycle);
	}

	/** The container has started asynchronous handling. */
	AsyncContext started(AsyncContext container, ServletRequest request, ServletResponse response) {
		this.listeners.supplied(request, response);
		container.addListener(this.listeners);
		return this;
	}

	@Override
	public void complete() {
		this.response.exclusively(() -> {
			try {
				this.response.finish();
			}
			catch (IOException ex) {
				logger.debug("The client of a paid request has gone", ex);
			}
			finally {
				this.cycle.goOn(() -> container().complete());
			}
		});
	}

	@Override
	public void dispatch() {
		this.cycle.goOn(() -> container().dispatch());
	}

	@Override
	public void dispatch(String path) {
		this.cycle.goOn(() -> container().dispatch(path));
	}

	@Override
	public void dispatch(ServletContext context, String path) {
		this.cycle.goOn(() -> container().dispatch(context, path));
	}

	@Override
	public ServletRequest getRequest() {
		return container().getRequest();
	}

	@Override
	public ServletResponse getResponse() {
		return container().getResponse();
	}

	@Override
	public boolean hasOriginalRequestAndResponse() {
		return getRequest() instanceof PaidRequest && getResponse() == this.paid;
	}

	@Override
	public void start(Runnable run) {
		container().start(() -> {
			try {
				run.run();
			}
			catch (RuntimeException ex) {
				// Tomcat would note the failure on what may be another request by now.
				if (this.cycle.isPending()) {
					throw ex;
				}
				logger.debug("A handler failed after its request had gone on", ex);
			}
		});
	}

	@Override
	public void addListener(AsyncListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
		this.listeners.add(listener, request, response);
	}

	@Override
	public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
		return container().createListener(type);
	}

	@Override
	public void setTimeout(long timeout) {
		container().setTimeout(timeout);
	}

	@Override
	public long getTimeout() {
		return container().getTimeout();
	}

	private AsyncContext container() {
		return this.cycle.container();
	}

}

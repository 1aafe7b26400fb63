package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one listener that the container knows. Tells the handler's listeners first, with
 * the handler's context, because they may still answer; and only then takes a timeout or
 * an error for the end.
 */
public final class PaidAsyncListeners implements AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(PaidAsyncListeners.class);

	private final AsyncContext context;

	private final AsyncCycle cycle;

	private final List<Entry> entries = new CopyOnWriteArrayList<>();

	private volatile @Nullable ServletRequest request;

	private volatile @Nullable ServletResponse response;

	PaidAsyncListeners(AsyncContext context, AsyncCycle cycle) {
		this.context = context;
		this.cycle = cycle;
	}

	/** Remember what asynchronous handling was started with. */
	void supplied(ServletRequest request, ServletResponse response) {
		this.request = request;
		this.response = response;
	}

	void add(AsyncListener listener) {
		this.entries.add(new Entry(listener, null, null));
	}

	void add(AsyncListener listener, ServletRequest request, ServletResponse response) {
		this.entries.add(new Entry(listener, request, response));
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.cycle.giveUp(() -> tell(List.copyOf(this.entries), event, AsyncListener::onTimeout));
	}

	@Override
	public void onError(AsyncEvent event) {
		this.cycle.giveUpAfterError(() -> tell(List.copyOf(this.entries), event, AsyncListener::onError));
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.cycle.completed();
		tell(List.copyOf(this.entries), event, AsyncListener::onComplete);
		this.entries.clear();
	}

	/** A new cycle starts without listeners; those that want to stay add themselves. */
	@Override
	public void onStartAsync(AsyncEvent event) {
		List<Entry> before = List.copyOf(this.entries);
		this.entries.clear();
		tell(before, event, AsyncListener::onStartAsync);
	}

	private void tell(List<Entry> entries, AsyncEvent event, Call call) {
		for (Entry entry : entries) {
			try {
				call.on(entry.listener,
						new AsyncEvent(this.context, (entry.request != null) ? entry.request : this.request,
								(entry.response != null) ? entry.response : this.response, event.getThrowable()));
			}
			catch (IOException | RuntimeException ex) {
				logger.warn("An asynchronous listener failed", ex);
			}
		}
	}

	/** A method of a listener. */
	@FunctionalInterface
	private interface Call {

		void on(AsyncListener listener, AsyncEvent event) throws IOException;

	}

	/** A listener of the handler, and what its events show. */
	private record Entry(AsyncListener listener, @Nullable ServletRequest request, @Nullable ServletResponse response) {
	}

}

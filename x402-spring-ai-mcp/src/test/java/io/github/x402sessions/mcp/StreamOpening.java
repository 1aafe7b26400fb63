package io.github.x402sessions.mcp;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets clients wait until their streams of events are open. A client may send its first
 * message as soon as it has the first event, while the thread that has written that is
 * not done with the response; servers of the SDK and of Spring AI then answer on another
 * thread, and what two threads write at once may never leave the container.
 */
final class StreamOpening extends HttpFilter {

	private final transient ReadWriteLock opening = new ReentrantReadWriteLock();

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request.getRequestURI().endsWith("/sse")) {
			this.opening.readLock().lock();
			try {
				chain.doFilter(request, response);
			}
			finally {
				this.opening.readLock().unlock();
			}
		}
		else {
			this.opening.writeLock().lock();
			this.opening.writeLock().unlock();
			chain.doFilter(request, response);
		}
	}

}

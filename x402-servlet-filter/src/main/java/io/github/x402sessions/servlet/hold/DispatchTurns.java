package io.github.x402sessions.servlet.hold;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the first turn of a write listener at the end of the dispatch that has set it, as
 * containers do, or on another of the container's threads where no dispatch runs.
 */
final class DispatchTurns implements WriteTurns {

	private final AsyncCycle cycle;

	private volatile @Nullable Thread dispatching;

	private @Nullable Turn next;

	DispatchTurns(AsyncCycle cycle) {
		this.cycle = cycle;
	}

	@Override
	public void take(Turn turn) {
		if (!this.cycle.isStarted()) {
			throw new IllegalStateException("the request is not asynchronous");
		}
		if (Thread.currentThread() == this.dispatching) {
			this.next = turn;
		}
		else {
			this.cycle.container().start(() -> run(turn));
		}
	}

	/** Run a dispatch, then the turn that it asked for. */
	void during(Dispatch dispatch) throws IOException, ServletException {
		this.dispatching = Thread.currentThread();
		try {
			dispatch.run();
		}
		finally {
			this.dispatching = null;
		}
		Turn turn = this.next;
		if (turn != null) {
			this.next = null;
			run(turn);
		}
	}

	private void run(Turn turn) {
		try {
			turn.run();
		}
		catch (IOException | RuntimeException ex) {
			this.cycle.fail(ex);
		}
	}

	/** The rest of the filter chain. */
	@FunctionalInterface
	interface Dispatch {

		void run() throws IOException, ServletException;

	}

}

package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * Non-blocking output of a held response. What is kept is kept in memory, so the response
 * is ready as long as it holds, and its listener gets a first turn right away. After the
 * release the container's stream takes over as soon as the handler asks whether it is
 * ready; what was held leaves before that and may block for as long as up to a budget of
 * bytes takes.
 */
final class HeldWriteListener {

	private final HeldResponse response;

	private final WriteTurns turns;

	private @Nullable WriteListener waiting;

	private boolean set;

	HeldWriteListener(HeldResponse response, WriteTurns turns) {
		this.response = response;
		this.turns = turns;
	}

	void set(WriteListener listener) {
		Objects.requireNonNull(listener, "listener");
		if (this.set) {
			throw new IllegalStateException("there is a write listener already");
		}
		if (this.response.isReleased()) {
			raw().setWriteListener(new CuttingOff(listener));
		}
		else {
			this.turns.take(() -> firstTurn(listener));
			this.waiting = listener;
		}
		this.set = true;
	}

	private static void firstTurn(WriteListener listener) throws IOException {
		try {
			listener.onWritePossible();
		}
		catch (IOException | RuntimeException | Error ex) {
			listener.onError(ex);
			throw ex;
		}
	}

	boolean isReady() {
		if (!this.response.isReleased()) {
			return true;
		}
		WriteListener listener = this.waiting;
		if (listener == null) {
			return raw().isReady();
		}
		this.waiting = null;
		raw().setWriteListener(new CuttingOff(listener));
		return false;
	}

	private ServletOutputStream raw() {
		try {
			return this.response.raw().getOutputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The handler's listener, which may end its answer when it hears of an error. */
	private final class CuttingOff implements WriteListener {

		private final WriteListener listener;

		private CuttingOff(WriteListener listener) {
			this.listener = listener;
		}

		@Override
		public void onWritePossible() throws IOException {
			this.listener.onWritePossible();
		}

		@Override
		public void onError(Throwable failure) {
			HeldWriteListener.this.response.cutOff();
			this.listener.onError(failure);
		}

	}

}

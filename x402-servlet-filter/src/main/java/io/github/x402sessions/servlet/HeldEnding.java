package io.github.x402sessions.servlet;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The ways to end a {@link HeldResponse} without a body of one's own: errors and
 * redirects, kept like all the rest.
 */
abstract class HeldEnding extends HeldHead {

	HeldEnding(HttpServletResponse raw) {
		super(raw);
	}

	/** What is still in the handler's writer belongs to the body. */
	abstract void takeWritten();

	void requireUncommitted() {
		if (isCommitted()) {
			throw new IllegalStateException("the response is already committed");
		}
	}

	@Override
	public void sendError(int status) throws IOException {
		end(status, true, Ending.error((raw) -> raw.sendError(status)));
	}

	@Override
	public void sendError(int status, @Nullable String message) throws IOException {
		end(status, true, Ending.error((raw) -> raw.sendError(status, message)));
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		end(SC_FOUND, true, new Ending(location, (raw) -> raw.sendRedirect(location)));
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		sendRedirect(location, status, true);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		sendRedirect(location, SC_FOUND, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		end(status, clearBuffer, new Ending(location, (raw) -> raw.sendRedirect(location, status, clearBuffer)));
	}

	private void end(int status, boolean clearBuffer, Ending ending) {
		requireUncommitted();
		if (!clearBuffer) {
			takeWritten();
		}
		if (isIncluded()) {
			return;
		}
		if (clearBuffer) {
			resetBuffer();
		}
		end(status, ending);
	}

}

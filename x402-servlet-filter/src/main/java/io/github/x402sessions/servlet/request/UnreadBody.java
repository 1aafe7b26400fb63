package io.github.x402sessions.servlet.request;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The body of a request that is answered in its handler's place. A container that is left
 * with a part of a body may close the connection behind the answer without a word (Jetty
 * does, RFC 9112 section 9.3 lets it); the payment that follows on it would then be lost,
 * and clients send no {@code POST} twice by themselves. So what is short is received
 * here, and what is not is announced.
 */
public final class UnreadBody {

	/** As much as costs less than another connection, in bytes. */
	private static final int SHORT = 64 * 1024;

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

	private UnreadBody() {
	}

	/**
	 * Receive the rest of a short body, or say that the connection ends with the answer.
	 * @param exchange the request and its uncommitted response
	 */
	public static void finish(Exchange exchange) {
		HttpServletRequest request = exchange.request();
		if (request.getProtocol().startsWith("HTTP/1.") && isSent(request) && !receive(request)) {
			exchange.response().setHeader("Connection", "close");
		}
	}

	/** A client that waits for a word before it sends is told by the container. */
	private static boolean isSent(HttpServletRequest request) {
		return request.getHeader("Expect") == null
				&& (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
	}

	/** An earlier filter may be reading it, and the client may be gone. */
	private static boolean receive(HttpServletRequest request) {
		if (request.getContentLengthLong() > SHORT) {
			return false;
		}
		try {
			InputStream body = request.getInputStream();
			byte[] buffer = new byte[4096];
			long start = System.nanoTime();
			int received = 0;
			int read = body.read(buffer);
			while (read >= 0 && received <= SHORT && System.nanoTime() - start < PATIENCE) {
				received += read;
				read = body.read(buffer);
			}
			return read < 0;
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

}

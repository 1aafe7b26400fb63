package io.github.x402sessions.client.payment.jdk;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Ends an HTTP client of the JDK, which can be done since Java 21. On an older Java
 * nobody can ask for it, and the client ends when nobody holds it any more.
 *
 * @param client the client; {@code null} for one that is not ours to end
 */
record ClientEnd(@Nullable HttpClient client) {

	/** Ends nothing: who made the client goes on with it. */
	static final ClientEnd OF_ANOTHERS = new ClientEnd(null);

	void shutdown() {
		call("shutdown", new Class<?>[0]);
	}

	void shutdownNow() {
		call("shutdownNow", new Class<?>[0]);
	}

	boolean isTerminated() {
		return call("isTerminated", new Class<?>[0]);
	}

	boolean awaitTermination(Duration duration) throws InterruptedException {
		boolean terminated = call("awaitTermination", new Class<?>[] { Duration.class }, duration);
		if (Thread.interrupted()) {
			throw new InterruptedException("interrupted while requests are under way");
		}
		return terminated;
	}

	/** What the client answers; {@code true} to what it cannot be asked. */
	private boolean call(String method, Class<?>[] types, Object... arguments) {
		if (this.client == null) {
			return true;
		}
		try {
			return !Boolean.FALSE.equals(HttpClient.class.getMethod(method, types).invoke(this.client, arguments));
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof InterruptedException) {
				Thread.currentThread().interrupt();
				return false;
			}
			throw new IllegalStateException(ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			return true;
		}
	}

}

package io.github.x402sessions.core.facilitator.http;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several {@link ExtensionListener}s as one. A failing one hinders neither the others nor
 * the payment. Thread-safe if the listeners are.
 */
public final class ExtensionListeners implements ExtensionListener {

	private static final Logger logger = LoggerFactory.getLogger(ExtensionListeners.class);

	private final Supplier<Stream<ExtensionListener>> listeners;

	/**
	 * Tell several listeners.
	 * @param listeners finds them, anew each time that there is something to hear
	 */
	public ExtensionListeners(Supplier<Stream<ExtensionListener>> listeners) {
		this.listeners = Objects.requireNonNull(listeners, "listeners");
	}

	@Override
	public void responded(ExtensionResponse response) {
		this.listeners.get().forEach((listener) -> tell(listener, response));
	}

	private static void tell(ExtensionListener listener, ExtensionResponse response) {
		try {
			listener.responded(response);
		}
		catch (RuntimeException | Error ex) {
			logger.error("An extension listener failed", ex);
		}
	}

}

package io.github.x402sessions.samples.legacyrun;

/**
 * A web application that is being served at the root path.
 *
 * @param port where it is served
 * @param end stops it
 */
record RunningWar(int port, AutoCloseable end) implements AutoCloseable {

	@Override
	public void close() {
		try {
			this.end.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("the container does not stop", ex);
		}
	}

}

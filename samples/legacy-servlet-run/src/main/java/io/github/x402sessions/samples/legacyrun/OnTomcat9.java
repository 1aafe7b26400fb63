package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Starts the web application as it is, on Tomcat 9, for a facilitator that runs
 * elsewhere.
 */
public final class OnTomcat9 {

	private OnTomcat9() {
	}

	/**
	 * Start it and wait.
	 * @param arguments the war and the port
	 * @throws IOException if the war cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length != 2) {
			System.err.println("Usage: OnTomcat9 <war> <port>");
			System.exit(2);
		}
		WebApplication application = WebApplication.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
		System.out.println("Ready on port " + application.port());
		application.await();
	}

}

package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Starts a web application on the Tomcat that is on the class path, 9 or newer, for a
 * facilitator that runs elsewhere.
 */
public final class OnAnyTomcat {

	private OnAnyTomcat() {
	}

	/**
	 * Start it and wait.
	 * @param arguments the war and the port
	 * @throws IOException if the war cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length != 2) {
			System.err.println("Usage: OnAnyTomcat <war> <port>");
			System.exit(2);
		}
		WebApplication application = WebApplication.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
		System.out.println("Ready on port " + application.port());
		application.await();
	}

}

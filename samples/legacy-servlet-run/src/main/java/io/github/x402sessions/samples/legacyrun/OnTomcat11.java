package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;

/**
 * Starts the web application on Tomcat 11, with a ledger and a facilitator of its own.
 */
public final class OnTomcat11 {

	private static final Path WAR = Path.of("samples/legacy-servlet/target/legacy-servlet.war");

	private OnTomcat11() {
	}

	/**
	 * Start it and wait.
	 * @param arguments none
	 * @throws IOException if the war cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		LocalStellar stellar = LocalStellar
			.start(new LocalSettings(8000, Duration.ofSeconds(1), 4021, null, Map.of(), 8001));
		System.setProperty("x402.facilitator-url", stellar.facilitator().url().toString());
		System.setProperty("x402.pay-to", stellar.merchant());
		WebApplication application = WebApplication.start(JakartaWar.of(WAR), 8080);
		System.out.printf(
				"""

						The reports of 2010 are for sale: http://localhost:%1$d

						  curl -i 'http://localhost:%1$d/report?month=2010-03'
						  java -jar samples/session-agent/target/session-agent.jar --url 'http://localhost:%1$d/report?month=2010-03' --calls 2

						""",
				application.port());
		application.await();
	}

}

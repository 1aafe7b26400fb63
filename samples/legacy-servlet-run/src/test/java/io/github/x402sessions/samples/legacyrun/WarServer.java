package io.github.x402sessions.samples.legacyrun;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The containers that the web application is tested on, each as it is meant to get there.
 */
enum WarServer {

	/** As it was written, in a process with the jars of that Tomcat. */
	TOMCAT_9 {
		@Override
		RunningWar start(Path war, Map<String, String> settings) throws Exception {
			return process("target/tomcat9", war, settings);
		}
	},

	/** Made a war of jakarta.servlet, in a process with the jars of that Tomcat. */
	TOMCAT_10 {
		@Override
		RunningWar start(Path war, Map<String, String> settings) throws Exception {
			return process("target/tomcat10", jakarta(war), settings);
		}
	},

	/** Made a war of jakarta.servlet. */
	TOMCAT_11 {
		@Override
		RunningWar start(Path war, Map<String, String> settings) throws Exception {
			Path jakarta = jakarta(war);
			return withProperties(settings, () -> {
				WebApplication application = WebApplication.start(jakarta, 0);
				return new RunningWar(application.port(), application);
			});
		}
	},

	/** Made a war of jakarta.servlet. */
	JETTY {
		@Override
		RunningWar start(Path war, Map<String, String> settings) throws Exception {
			Path jakarta = jakarta(war);
			return withProperties(settings, () -> JettyWar.start(jakarta));
		}
	};

	/** What was made of wars for {@code javax.servlet}, by these. */
	private static final Map<Path, Path> converted = new HashMap<>();

	/**
	 * Serve a web application on a free port.
	 * @param war the application, for {@code javax.servlet}
	 * @param settings system properties that it finds while it starts
	 */
	abstract RunningWar start(Path war, Map<String, String> settings) throws Exception;

	/** No container changes it, so one is made for all. */
	private static Path jakarta(Path war) throws IOException {
		Path made = converted.get(war);
		if (made == null) {
			made = JakartaWar.of(war);
			converted.put(war, made);
		}
		return made;
	}

	private static RunningWar withProperties(Map<String, String> settings, Start start) throws Exception {
		settings.forEach(System::setProperty);
		try {
			return start.run();
		}
		finally {
			settings.keySet().forEach(System::clearProperty);
		}
	}

	private static RunningWar process(String jars, Path war, Map<String, String> settings) throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", jars + "/*:target/classes",
				OnAnyTomcat.class.getName(), war.toString(), "0"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			int port = port(process.inputReader(StandardCharsets.UTF_8));
			return new RunningWar(port, () -> process.destroyForcibly().waitFor());
		}
		catch (Exception | Error ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	/** Wait for the line that tells it. */
	private static int port(BufferedReader output) throws Exception {
		StringBuilder seen = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			seen.append(line).append('\n');
			if (line.startsWith("Ready on port ")) {
				return Integer.parseInt(line.substring("Ready on port ".length()));
			}
		}
		throw new AssertionError("Tomcat did not start:\n" + seen);
	}

	/** Starts something. */
	private interface Start {

		RunningWar run() throws Exception;

	}

}

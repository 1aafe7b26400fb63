package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.FreePort;

/**
 * A facilitator in a process of its own, that can be killed.
 */
final class NodeProcess implements AutoCloseable {

	/** A Java process, on a machine that is busy. */
	private static final Duration START = Duration.ofMinutes(5);

	private final Process process;

	private final URI url;

	private final URI inside;

	private final Path log;

	private NodeProcess(Process process, URI url, URI inside, Path log) {
		this.log = log;
		this.process = process;
		this.url = url;
		this.inside = inside;
	}

	static NodeProcess start(Map<String, String> properties, Path log) {
		return start(properties, log, "+0s");
	}

	/**
	 * Start it; the secret goes by its environment, as it should. Only the time of day is
	 * skewed: with libfaketime's "fix" for monotonic clocks no wait of a JVM would wait.
	 * @param skew how far its clock is off, as libfaketime understands it; only where the
	 * system property {@code x402.faketime} names that library
	 */
	static NodeProcess start(Map<String, String> properties, Path log, String skew) {
		return start(
				List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						FacilitatorApplication.class.getName()),
				properties, log, skew);
	}

	/** Start another version. */
	static NodeProcess start(Path jar, Map<String, String> properties, Path log) {
		return start(List.of("-jar", jar.toString()), properties, log, "+0s");
	}

	private static NodeProcess start(List<String> program, Map<String, String> properties, Path log, String skew) {
		int port = FreePort.find();
		int management = FreePort.find();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m"));
		command.addAll(program);
		properties.forEach((name, value) -> {
			if (!name.equals("facilitator.secret") && !name.equals("server.port")) {
				command.add("--" + name + "=" + value);
			}
		});
		command.add("--server.port=" + port);
		command.add("--management.server.port=" + management);
		command.add("--logging.level.org.springframework.boot=error");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().put("FACILITATOR_SECRET", properties.get("facilitator.secret"));
		if (!System.getProperty("x402.faketime", "").isEmpty()) {
			builder.environment()
				.putAll(Map.of("LD_PRELOAD", System.getProperty("x402.faketime"), "FAKETIME", skew,
						"FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0", "FAKETIME_DONT_RESET",
						"1"));
		}
		try {
			return new NodeProcess(builder.start(), URI.create("http://localhost:" + port),
					URI.create("http://127.0.0.1:" + management), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url() {
		return this.url;
	}

	/** Its management port. */
	URI inside() {
		return this.inside;
	}

	/** Wait until it serves. */
	NodeProcess await() {
		Eventually.isTrue(START, () -> {
			if (!this.process.isAlive()) {
				throw new AssertionError("the facilitator has ended: " + Files.readString(this.log));
			}
			try {
				return new FacilitatorClient(this.url).get("/health").status() == 200;
			}
			catch (UncheckedIOException ex) {
				return false;
			}
		});
		return this;
	}

	/** Wait until it has ended by itself. */
	void awaitEnd() {
		Eventually.isTrue(START, () -> !this.process.isAlive());
	}

	/** SIGSTOP, and SIGCONT later: for others it is as good as dead, but it is not. */
	void freeze(Duration time) {
		signal("STOP");
		LockSupport.parkNanos(time.toNanos());
		signal("CONT");
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** SIGTERM: it ends when it has served those who wait. */
	void end() {
		this.process.destroy();
		awaitEnd();
	}

	/** SIGKILL: nothing of it runs any more. */
	void kill() {
		try {
			if (!this.process.destroyForcibly().waitFor(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("the process does not end");
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}

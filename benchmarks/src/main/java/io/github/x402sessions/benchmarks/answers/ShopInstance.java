package io.github.x402sessions.benchmarks.answers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A process that sells, at a port of its own, and is begun again whenever it has been
 * killed. For one thread.
 */
final class ShopInstance {

	private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

	private final int port;

	private final List<String> command;

	private final Path log;

	private @Nullable Process process;

	/**
	 * Create an instance that does not run yet.
	 * @param port a port of this machine
	 * @param command starts it; its port is added
	 * @param log what it says
	 */
	ShopInstance(int port, List<String> command, Path log) {
		this.port = port;
		this.command = new ArrayList<>(command);
		this.command.add("--server.port=" + port);
		this.log = log;
	}

	void begin() throws IOException {
		this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
	}

	/** Wait until it takes connections. */
	void await() {
		long end = System.nanoTime() + PATIENCE;
		while (!answers()) {
			Process process = this.process;
			if (process == null || !process.isAlive() || System.nanoTime() > end) {
				throw new IllegalStateException("the instance at port " + this.port + " does not start");
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}
	}

	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** By SIGKILL. */
	void kill() throws InterruptedException {
		Process process = this.process;
		if (process != null) {
			process.destroyForcibly();
			process.waitFor();
		}
	}

	/**
	 * Stand still for a while, by SIGSTOP.
	 * @param millis how long
	 */
	void stop(long millis) throws IOException, InterruptedException {
		signal("-STOP");
		TimeUnit.MILLISECONDS.sleep(millis);
		signal("-CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		Process process = this.process;
		if (process != null) {
			new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
		}
	}

}

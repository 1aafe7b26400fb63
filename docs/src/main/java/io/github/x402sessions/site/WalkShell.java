package io.github.x402sessions.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell that keeps its folder and its variables from command to command, and ends what
 * it has started in the background when it is closed.
 */
final class WalkShell implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(20);

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final Path state;

	private final Path home;

	private final List<Process> running = new ArrayList<>();

	private int lasting;

	private WalkShell(Path state, Path home) {
		this.state = state;
		this.home = home;
	}

	static WalkShell in(Path empty) throws IOException {
		Path root = empty.toAbsolutePath();
		Path state = Files.createDirectories(root.resolve(".walk"));
		Path home = Files.createDirectories(root.resolve("home"));
		Files.writeString(state.resolve("environment"), "");
		Files.writeString(state.resolve("folder"), home.toString());
		return new WalkShell(state, home);
	}

	/**
	 * Begin another page, in the first folder: what the first page has started goes on,
	 * what any other has started ends.
	 * @throws IOException if that folder cannot be written down
	 */
	void begin() throws IOException {
		if (this.lasting == 0) {
			this.lasting = this.running.size();
		}
		endFrom(this.lasting);
		Files.writeString(this.state.resolve("folder"), this.home.toString());
	}

	/** Where the next command is given. */
	Path folder() throws IOException {
		return Path.of(Files.readString(this.state.resolve("folder")).strip());
	}

	/**
	 * Give commands and wait for their end.
	 * @param commands what the page says
	 * @return what they have printed, errors too
	 * @throws IOException if the shell cannot be started
	 * @throws InterruptedException if waiting is interrupted
	 * @throws IllegalStateException if one fails or takes too long
	 */
	String run(String commands) throws IOException, InterruptedException {
		Path output = Files.createTempFile(this.state, "printed", ".txt");
		Instant start = Instant.now();
		Process process = process("set -o pipefail\n" + commands
				+ "\npwd > '%1$s/folder'\nexport -p > '%1$s/environment'\n".formatted(this.state), output);
		boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
		if (!ended) {
			end(process);
		}
		String printed = Files.readString(output);
		System.out.printf("$ %s%n%s(%d s)%n", commands.strip(), printed,
				Duration.between(start, Instant.now()).toSeconds());
		if (!ended || process.exitValue() != 0) {
			throw new IllegalStateException("The command failed: " + commands);
		}
		return printed;
	}

	/**
	 * Start what goes on running, and wait until it listens.
	 * @param command what the page says
	 * @param port where it listens on this machine
	 * @throws IOException if the shell cannot be started
	 * @throws InterruptedException if waiting is interrupted
	 * @throws IllegalStateException if it ends or does not listen in time
	 */
	void start(String command, int port) throws IOException, InterruptedException {
		if (listens(port)) {
			throw new IllegalStateException("Something listens on port %d already".formatted(port));
		}
		Path output = Files.createTempFile(this.state, "background", ".txt");
		Instant start = Instant.now();
		Process process = process(command, output);
		this.running.add(process);
		while (!listens(port)) {
			if (!process.isAlive() || Duration.between(start, Instant.now()).compareTo(LIMIT) > 0) {
				throw new IllegalStateException(
						"%s%ndoes not listen:%n%s".formatted(command, Files.readString(output)));
			}
			Thread.sleep(PAUSE.toMillis());
		}
		System.out.printf("$ %s &%n(%d s)%n", command.strip(), Duration.between(start, Instant.now()).toSeconds());
	}

	private Process process(String commands, Path output) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("bash", "-euc",
				". '%s/environment'%ncd '%s'%n%s".formatted(this.state, folder(), commands));
		builder.environment().put("HOME", this.home.toString());
		return builder.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
			.start();
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void endFrom(int first) {
		List<Process> over = this.running.subList(first, this.running.size());
		over.forEach(WalkShell::end);
		over.clear();
	}

	/** What a build tool has started ends with it. */
	private static void end(Process process) {
		List<ProcessHandle> children = process.descendants().toList();
		children.forEach(ProcessHandle::destroy);
		process.destroy();
		children.forEach((child) -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
		process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		endFrom(0);
	}

}

package io.github.x402sessions.benchmarks.answers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A balancer that gives each connection to the next instance that takes it, and passes on
 * bytes. Whoever is connected to one that dies finds its connection closed.
 */
final class RoundRobin {

	private static final int BACKLOG = 1_000;

	private final ServerSocket server;

	private final List<Integer> instances;

	private final AtomicInteger next = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "round-robin");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Begin to listen.
	 * @param port a port of this machine
	 * @param instances the ports of the instances
	 */
	RoundRobin(int port, List<Integer> instances) throws IOException {
		this.instances = List.copyOf(instances);
		this.server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				this.threads.execute(() -> connect(client));
			}
			catch (IOException ex) {
				// the end, or a client that has gone again
			}
		}
	}

	private void connect(Socket client) {
		for (int i = 0; i < this.instances.size(); i++) {
			int port = this.instances.get(Math.floorMod(this.next.getAndIncrement(), this.instances.size()));
			try {
				Socket instance = new Socket(InetAddress.getLoopbackAddress(), port);
				this.threads.execute(() -> pass(client, instance));
				pass(instance, client);
				return;
			}
			catch (IOException ex) {
				// the next one
			}
		}
		close(client);
	}

	/** Until either end is closed, which closes the other. */
	private static void pass(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			in.transferTo(out);
		}
		catch (IOException ex) {
			// so is a connection that breaks
		}
		finally {
			close(from);
			close(to);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is
		}
	}

	void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

}

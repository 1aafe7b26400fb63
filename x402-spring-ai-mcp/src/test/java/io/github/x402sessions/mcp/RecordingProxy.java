package io.github.x402sessions.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands between a client and its server and remembers each byte that the client has got.
 */
final class RecordingProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	RecordingProxy(int target) throws IOException {
		this.target = target;
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		daemon(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	String received() {
		synchronized (this.received) {
			return this.received.toString(java.nio.charset.StandardCharsets.UTF_8);
		}
	}

	private void accept() {
		while (true) {
			try {
				Socket client = this.listener.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
				daemon(() -> copy(client, server, false));
				daemon(() -> copy(server, client, true));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void copy(Socket from, Socket to, boolean recorded) {
		byte[] buffer = new byte[8192];
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				if (recorded) {
					synchronized (this.received) {
						this.received.write(buffer, 0, length);
					}
				}
				out.write(buffer, 0, length);
				out.flush();
			}
		}
		catch (IOException ex) {
			// One of them has gone.
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "recording-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}

package io.github.x402sessions.core.facilitator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A facilitator that answers the first request of each connection, keeps the connection
 * and closes it without an answer when the second comes.
 */
public final class StaleServer implements AutoCloseable {

	private static final String ANSWER = "{\"isValid\":true}";

	private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<String> requests = new CopyOnWriteArrayList<>();

	public StaleServer() throws IOException {
		Thread thread = new Thread(this::serve, "stale-server");
		thread.setDaemon(true);
		thread.start();
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.socket.getLocalPort());
	}

	/** Return the paths of the requests so far. */
	public List<String> requests() {
		return this.requests;
	}

	private void serve() {
		try {
			while (true) {
				try (Socket connection = this.socket.accept()) {
					BufferedReader in = new BufferedReader(
							new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
					read(in);
					connection.getOutputStream()
						.write(("HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n" + ANSWER)
							.getBytes(StandardCharsets.ISO_8859_1));
					read(in);
				}
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void read(BufferedReader in) throws IOException {
		String line = in.readLine();
		if (line == null) {
			return;
		}
		this.requests.add(line.split(" ")[1]);
		int length = 0;
		for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
			if (header.toLowerCase().startsWith("content-length:")) {
				length = Integer.parseInt(header.substring(15).trim());
			}
		}
		in.skip(length);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}

package io.github.x402sessions.client.payment.jdk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that asks for money before it reads a body, and reads all of a paid one. What
 * is not paid for it reads to its end, or not at all and closes the connection. Then it
 * can also lose its first answer, as a client does that writes when the connection ends.
 */
final class UploadShop implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final AtomicInteger lost = new AtomicInteger();

	private final boolean readingOn;

	private volatile long paidBytes;

	UploadShop(boolean readingOn, int lost) throws IOException {
		this.readingOn = readingOn;
		this.lost.set(lost);
		this.threads.execute(this::accept);
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				this.threads.execute(() -> serve(connection));
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			// Closed.
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			InputStream in = new BufferedInputStream(connection.getInputStream());
			String head = KeptConnectionServer.head(in);
			if (head.contains("payment-signature:")) {
				long length = Long.parseLong(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
				in.skipNBytes(length);
				this.paidBytes = length;
				write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntea");
			}
			else if (this.lost.getAndDecrement() > 0) {
				in.readNBytes(1);
				connection.setSoLinger(true, 0);
			}
			else {
				write(connection, "HTTP/1.1 402 Pay\r\nContent-Length: 0\r\nConnection: close\r\nPAYMENT-REQUIRED: "
						+ BodyShop.challenge() + "\r\n\r\n");
				if (this.readingOn) {
					in.transferTo(OutputStream.nullOutputStream());
				}
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
	}

	private static void write(Socket connection, String answer) throws IOException {
		connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
	}

	/** How long the body was that was paid for. */
	long paidBytes() {
		return this.paidBytes;
	}

	URI uri() {
		return URI.create("http://localhost:" + this.socket.getLocalPort() + "/");
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.threads.shutdownNow();
	}

}

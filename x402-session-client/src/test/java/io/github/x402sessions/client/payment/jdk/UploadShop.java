package io.github.x402sessions.client.payment.jdk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.fixtures.ConnectionServer;

/**
 * A server that asks for money before it reads a body, and reads all of a paid one. What
 * is not paid for it reads to its end, or not at all and closes the connection. Then it
 * can also lose its first answer, as a client does that writes when the connection ends.
 */
final class UploadShop implements AutoCloseable {

	private final ConnectionServer server = new ConnectionServer(this::serve);

	private final AtomicInteger lost = new AtomicInteger();

	private final boolean readingOn;

	private volatile long paidBytes;

	UploadShop(boolean readingOn, int lost) {
		this.readingOn = readingOn;
		this.lost.set(lost);
	}

	private void serve(Socket connection) throws IOException {
		InputStream in = new BufferedInputStream(connection.getInputStream());
		String head = ConnectionServer.head(in);
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

	private static void write(Socket connection, String answer) throws IOException {
		connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
	}

	/** How long the body was that was paid for. */
	long paidBytes() {
		return this.paidBytes;
	}

	URI uri() {
		return this.server.uri("/");
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}

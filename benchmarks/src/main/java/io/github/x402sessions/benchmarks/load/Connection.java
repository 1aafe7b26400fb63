package io.github.x402sessions.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.protocol.PaymentHeader;

/**
 * One kept connection that sends the same GET again and again. Knows as much of HTTP/1.1
 * as servers under load send: lengths and chunks.
 */
final class Connection implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private final byte[] request;

	private Connection(Socket socket, byte[] request) throws IOException {
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
		this.request = request;
	}

	static Connection to(URI url, String payment) throws IOException {
		Socket socket = new Socket(url.getHost(), url.getPort());
		socket.setTcpNoDelay(true);
		String header = payment.isEmpty() ? "" : PaymentHeader.SIGNATURE + ": " + payment + "\r\n";
		String request = "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n" + header
				+ "\r\n";
		return new Connection(socket, request.getBytes(StandardCharsets.US_ASCII));
	}

	/** Send the request and read all of its answer. */
	Answer exchange() throws IOException {
		this.socket.getOutputStream().write(this.request);
		int status = Integer.parseInt(line().substring(9, 12));
		long length = 0;
		boolean chunked = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
				length = Long.parseLong(header.substring(15).trim());
			}
			chunked |= header.equalsIgnoreCase("transfer-encoding: chunked");
		}
		if (chunked) {
			length = Long.parseLong(line(), 16);
		}
		long first = System.nanoTime();
		this.in.skipNBytes(length);
		while (chunked && length > 0) {
			line();
			length = Long.parseLong(line(), 16);
			this.in.skipNBytes(length);
		}
		if (chunked) {
			line();
		}
		return new Answer(status, first);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("the server has closed the connection");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * The response of a server.
	 *
	 * @param status the HTTP status
	 * @param firstByteNanos when the body began
	 */
	record Answer(int status, long firstByteNanos) {
	}

}

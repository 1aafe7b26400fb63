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
 * One kept connection that sends the same GET again and again, each time with the payment
 * that it is given. Knows as much of HTTP/1.1 as servers under load send: lengths and
 * chunks. For one thread.
 */
public final class Connection implements AutoCloseable {

	private static final String RECEIPT = PaymentHeader.RESPONSE + ":";

	private final Socket socket;

	private final InputStream in;

	private final String request;

	private Connection(Socket socket, String request) throws IOException {
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
		this.request = request;
	}

	/**
	 * Connect.
	 * @param url what to get
	 * @return the connection
	 * @throws IOException if the server is not there
	 */
	public static Connection to(URI url) throws IOException {
		Socket socket = new Socket(url.getHost(), url.getPort());
		socket.setTcpNoDelay(true);
		return new Connection(socket, "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n");
	}

	/**
	 * Send the request and read all of its answer.
	 * @param payment the value of the payment header; empty for none
	 * @return the answer
	 * @throws IOException if the connection breaks
	 */
	public Answer exchange(String payment) throws IOException {
		String paid = payment.isEmpty() ? "" : PaymentHeader.SIGNATURE + ": " + payment + "\r\n";
		this.socket.getOutputStream().write((this.request + paid + "\r\n").getBytes(StandardCharsets.US_ASCII));
		int status = Integer.parseInt(line().substring(9, 12));
		long length = 0;
		boolean chunked = false;
		String receipt = "";
		for (String header = line(); !header.isEmpty(); header = line()) {
			if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
				length = Long.parseLong(header.substring(15).trim());
			}
			if (header.regionMatches(true, 0, RECEIPT, 0, RECEIPT.length())) {
				receipt = header.substring(RECEIPT.length()).trim();
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
		return new Answer(status, first, receipt);
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
	 * @param receipt the value of the receipt's header; empty if there is none
	 */
	public record Answer(int status, long firstByteNanos, String receipt) {
	}

}

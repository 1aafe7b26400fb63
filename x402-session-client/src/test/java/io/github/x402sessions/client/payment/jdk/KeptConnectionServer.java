package io.github.x402sessions.client.payment.jdk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.client.payment.HostileServer;
import io.github.x402sessions.core.protocol.PaymentHeader;

/**
 * A server that asks for money, keeps its connections, and breaks the one on which the
 * first payment arrives without an answer; optionally it is gone after that.
 */
final class KeptConnectionServer implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> payments = new CopyOnWriteArrayList<>();

	private final CountDownLatch gone = new CountDownLatch(1);

	private final ServerSocket socket;

	private final String challenge;

	private final boolean mortal;

	private int sales;

	/**
	 * Start a server.
	 * @param challenge the value of its {@code PAYMENT-REQUIRED} header
	 * @param sales how many payments it answers before it breaks
	 * @param mortal whether it is gone then
	 */
	KeptConnectionServer(String challenge, int sales, boolean mortal) throws IOException {
		this.challenge = challenge;
		this.sales = sales;
		this.mortal = mortal;
		this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
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
			this.gone.countDown();
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			InputStream in = new BufferedInputStream(connection.getInputStream());
			for (String head = head(in); !head.isEmpty(); head = head(in)) {
				if (head.contains(PaymentHeader.SIGNATURE.toLowerCase(Locale.ROOT)) && !sell()) {
					return;
				}
				connection.getOutputStream().write(answer(head).getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
	}

	/** Whether the payment is answered. */
	private synchronized boolean sell() throws IOException {
		this.payments.add("paid");
		boolean broken = this.payments.size() == this.sales + 1;
		if (broken && this.mortal) {
			this.socket.close();
			awaitGone();
		}
		return !broken && !(this.mortal && this.payments.size() > this.sales);
	}

	/** A socket takes connections until its last accept has ended. */
	private void awaitGone() {
		try {
			this.gone.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String answer(String head) {
		return head.contains(PaymentHeader.SIGNATURE.toLowerCase(Locale.ROOT))
				? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nPAYMENT-RESPONSE: " + HostileServer.receipt(true, "100")
						+ "\r\n\r\ntea"
				: "HTTP/1.1 402 Pay\r\nContent-Length: 2\r\nPAYMENT-REQUIRED: " + this.challenge + "\r\n\r\n{}";
	}

	/** The head of the next request in lower case; empty if there is none. */
	static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return "";
			}
			head.append((char) next);
		}
		return head.toString().toLowerCase(Locale.ROOT);
	}

	/** How many requests with a payment it got. */
	int payments() {
		return this.payments.size();
	}

	URI uri() {
		return URI.create("http://localhost:" + this.socket.getLocalPort() + "/tea");
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.threads.shutdownNow();
	}

}

package io.github.x402sessions.client.payment.jdk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.client.payment.HostileServer;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.ConnectionServer;

/**
 * A server that asks for money, keeps its connections, and breaks the one on which the
 * first payment arrives without an answer; optionally it is gone after that.
 */
final class KeptConnectionServer implements AutoCloseable {

	private final List<String> payments = new CopyOnWriteArrayList<>();

	private final ConnectionServer server;

	private final String challenge;

	private final boolean mortal;

	private int sales;

	/**
	 * Start a server.
	 * @param challenge the value of its {@code PAYMENT-REQUIRED} header
	 * @param sales how many payments it answers before it breaks
	 * @param mortal whether it is gone then
	 */
	KeptConnectionServer(String challenge, int sales, boolean mortal) {
		this.challenge = challenge;
		this.sales = sales;
		this.mortal = mortal;
		this.server = new ConnectionServer(this::serve);
	}

	private void serve(Socket connection) throws IOException {
		InputStream in = new BufferedInputStream(connection.getInputStream());
		for (String head = ConnectionServer.head(in); !head.isEmpty(); head = ConnectionServer.head(in)) {
			if (head.contains(PaymentHeader.SIGNATURE.toLowerCase(Locale.ROOT)) && !sell()) {
				return;
			}
			connection.getOutputStream().write(answer(head).getBytes(StandardCharsets.US_ASCII));
		}
	}

	/** Whether the payment is answered. */
	private synchronized boolean sell() throws IOException {
		this.payments.add("paid");
		boolean broken = this.payments.size() == this.sales + 1;
		if (broken && this.mortal) {
			this.server.stopListening();
		}
		return !broken && !(this.mortal && this.payments.size() > this.sales);
	}

	private String answer(String head) {
		return head.contains(PaymentHeader.SIGNATURE.toLowerCase(Locale.ROOT))
				? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nPAYMENT-RESPONSE: " + HostileServer.receipt(true, "100")
						+ "\r\n\r\ntea"
				: "HTTP/1.1 402 Pay\r\nContent-Length: 2\r\nPAYMENT-REQUIRED: " + this.challenge + "\r\n\r\n{}";
	}

	/** How many requests with a payment it got. */
	int payments() {
		return this.payments.size();
	}

	URI uri() {
		return this.server.uri("/tea");
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}

package io.github.x402sessions.client;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.servlet.payment.RequestPayment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Streams as many pages of 8 KiB as are asked for, each for 100 base units, and keeps the
 * shop's books of them.
 */
final class MeteredPages extends HttpServlet implements PaymentListener {

	static final int LENGTH = 8192;

	static final BigInteger PRICE = BigInteger.valueOf(100);

	/** What was settled, base units, by the facilitator's commitments. */
	final transient Map<String, BigInteger> books = new ConcurrentHashMap<>();

	/** What was charged when a flush succeeded last. */
	volatile BigInteger left = BigInteger.ZERO;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		MeteredPayment payment = RequestPayment.metered(request).orElseThrow();
		response.setContentType("application/octet-stream");
		int pages = Integer.parseInt(request.getParameter("pages"));
		for (int i = 0; i < pages; i++) {
			payment.charge(PRICE);
			response.getOutputStream().write(new byte[LENGTH]);
			response.flushBuffer();
			this.left = payment.charged();
		}
		if (request.getParameter("fails") != null) {
			throw new IllegalStateException("no more pages");
		}
	}

	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		this.books.merge(receipt.transaction(), payment.charged(), BigInteger::add);
	}

}

package io.github.x402sessions.servlet.request;

import java.util.Enumeration;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payment header of a request. {@code X-PAYMENT} counts only where
 * {@code PAYMENT-SIGNATURE} is absent: older clients send both. What was read of a
 * request is not read again, whoever asks. Thread-safe.
 */
public final class PaymentHeaderReader {

	private static final String ATTRIBUTE = ReadHeader.class.getName();

	private final PaymentGate gate;

	public PaymentHeaderReader(PaymentGate gate) {
		this.gate = gate;
	}

	/**
	 * Read the header.
	 * @param request the request
	 * @return the payment, or {@code null} if there is none
	 * @throws MalformedMessageException if there are several, or it is not a payment
	 */
	public @Nullable PaymentPayload read(HttpServletRequest request) {
		String value = single(request, PaymentHeader.SIGNATURE);
		if (value == null) {
			value = single(request, PaymentHeader.LEGACY_SIGNATURE);
		}
		return (value != null) ? read(request, value) : null;
	}

	private PaymentPayload read(HttpServletRequest request, String value) {
		if (request.getAttribute(ATTRIBUTE) instanceof ReadHeader read && read.isOf(this.gate, value)) {
			return read.payment;
		}
		PaymentPayload payment = this.gate.read(value);
		request.setAttribute(ATTRIBUTE, new ReadHeader(this.gate, value, payment));
		return payment;
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		Enumeration<String> values = RequestWithoutPayment.received(request).getHeaders(name);
		if (values == null || !values.hasMoreElements()) {
			return null;
		}
		String value = values.nextElement();
		if (values.hasMoreElements()) {
			throw new MalformedMessageException("there are several " + name + " headers");
		}
		return value;
	}

	/** A header as a gate has read it, of which a request's attributes show nothing. */
	private static final class ReadHeader {

		private final PaymentGate gate;

		private final String value;

		private final PaymentPayload payment;

		ReadHeader(PaymentGate gate, String value, PaymentPayload payment) {
			this.gate = gate;
			this.value = value;
			this.payment = payment;
		}

		boolean isOf(PaymentGate gate, String value) {
			return this.gate == gate && this.value.equals(value);
		}

	}

}

package io.github.x402sessions.samples.agent.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;

/**
 * A file that gets a line of JSON for every payment, with what its server has signed.
 * Thread-safe.
 *
 * @param file the file
 */
public record ReceiptFile(Path file) implements PaymentEventListener {

	/**
	 * Make sure of the file before money is spent on what goes there.
	 * @throws WrongOptionException if it cannot be written
	 */
	public static ReceiptFile at(Path file) {
		try {
			Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new WrongOptionException("--receipts", "cannot be written: " + file);
		}
		return new ReceiptFile(file);
	}

	@Override
	public void on(PaymentEvent event) {
		if (event instanceof PaymentEvent.Paid paid) {
			append(WireJson.write(KeptPayment.of(paid, Instant.now())));
		}
	}

	private synchronized void append(byte[] json) {
		byte[] line = new byte[json.length + 1];
		System.arraycopy(json, 0, line, 0, json.length);
		line[json.length] = '\n';
		try {
			Files.write(this.file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.github.x402sessions.samples.agent.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;

import io.github.x402sessions.core.offer.HttpDidKeys;
import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.OfferVerifier;
import io.github.x402sessions.core.offer.ReceiptStatement;
import io.github.x402sessions.core.offer.SignatureFinding;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a {@link ReceiptFile}, line by line, by the keys that servers publish now.
 */
public final class ReceiptInspection {

	private static final int MAX_LINE = 64 * 1024;

	private static final String HOLDS = "holds";

	private final OfferVerifier verifier = new OfferVerifier(new HttpDidKeys());

	private final PrintWriter out;

	/**
	 * Create an inspection.
	 * @param out gets a line for every payment
	 */
	public ReceiptInspection(PrintWriter out) {
		this.out = out;
	}

	/**
	 * Check a file.
	 * @param file the file
	 * @return whether offer and receipt of every payment hold
	 * @throws WrongOptionException if it cannot be read
	 */
	public boolean check(Path file) {
		int number = 0;
		int good = 0;
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				number++;
				good += check(number, line) ? 1 : 0;
			}
		}
		catch (IOException ex) {
			throw new WrongOptionException("FILE", "cannot be read: " + file);
		}
		this.out.println(good + " of " + number + " payments have an offer and a receipt that hold");
		this.out.flush();
		return good == number;
	}

	private boolean check(int number, String line) {
		try {
			if (line.length() > MAX_LINE) {
				throw new MalformedMessageException("it is too long");
			}
			KeptPayment payment = WireJson.read(line.getBytes(StandardCharsets.UTF_8), KeptPayment.class);
			Instant at = Instant.parse(String.valueOf(payment.at()));
			URI called = URI.create(String.valueOf(payment.url()));
			SignatureFinding<OfferTerms> offer = (payment.offer() != null)
					? this.verifier.check(payment.offer(), called, at) : null;
			SignatureFinding<ReceiptStatement> receipt = (payment.receipt() != null)
					? this.verifier.check(payment.receipt(), called, at) : null;
			String ofOffer = offer(payment, offer);
			String ofReceipt = receipt(payment, offer, receipt);
			this.out.println(number + " " + called + " offer " + ofOffer + ", receipt " + ofReceipt);
			return ofOffer.equals(HOLDS) && ofReceipt.equals(HOLDS);
		}
		catch (MalformedMessageException | DateTimeException | IllegalArgumentException ex) {
			this.out.println(number + " is no payment that was kept here");
			return false;
		}
	}

	private static String offer(KeptPayment payment, @Nullable SignatureFinding<OfferTerms> offer) {
		OfferTerms terms = (offer != null) ? offer.content() : null;
		if (terms == null) {
			return standing(offer);
		}
		boolean other = !terms.network().equals(payment.network()) || !terms.asset().equals(payment.asset());
		return other ? "wrong: it is for other money than was paid" : standing(offer);
	}

	private static String receipt(KeptPayment payment, @Nullable SignatureFinding<OfferTerms> offer,
			@Nullable SignatureFinding<ReceiptStatement> receipt) {
		ReceiptStatement statement = (receipt != null) ? receipt.content() : null;
		if (statement == null) {
			return standing(receipt);
		}
		OfferTerms terms = (offer != null) ? offer.content() : null;
		boolean otherTransaction = statement.transaction() != null && !statement.transaction().isEmpty()
				&& !statement.transaction().equals(payment.transaction());
		boolean other = !Objects.equals(statement.network(), payment.network())
				|| (terms != null && !terms.resourceUrl().equals(statement.resourceUrl()));
		return (other || otherTransaction) ? "wrong: it is for another payment" : standing(receipt);
	}

	private static String standing(@Nullable SignatureFinding<?> check) {
		if (check == null) {
			return "not signed";
		}
		return switch (check.standing()) {
			case HOLDS -> HOLDS;
			case WRONG -> "wrong: " + check.why();
			case UNVERIFIED -> check.why();
		};
	}

}

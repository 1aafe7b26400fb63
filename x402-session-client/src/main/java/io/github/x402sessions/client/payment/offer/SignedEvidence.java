package io.github.x402sessions.client.payment.offer;

import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.ReceiptStatement;
import io.github.x402sessions.core.offer.SignatureFinding;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of a server under what it offered and what it was paid for: evidence, to
 * be kept as it is.
 *
 * @param offer the offer that was paid; {@code null} if it was not signed, or the price
 * was known from an earlier call
 * @param offerCheck whether it holds; there where the offer is
 * @param receipt the signed receipt; {@code null} if there is none
 * @param receiptCheck whether it holds, as far as that is known without asking anybody;
 * there where the receipt is
 */
public record SignedEvidence(@Nullable SignedOffer offer, @Nullable SignatureFinding<OfferTerms> offerCheck,
		@Nullable SignedReceipt receipt, @Nullable SignatureFinding<ReceiptStatement> receiptCheck) {

	/** Nothing was signed. */
	public static final SignedEvidence NONE = new SignedEvidence(null, null, null, null);

	/**
	 * Tell whether anything was signed.
	 * @return whether there is neither an offer nor a receipt
	 */
	public boolean isEmpty() {
		return this.offer == null && this.receipt == null;
	}

	/** For people: what there is, and what is known of it. */
	@Override
	public String toString() {
		return "offer " + standing(this.offerCheck) + ", receipt " + standing(this.receiptCheck);
	}

	private static String standing(@Nullable SignatureFinding<?> check) {
		if (check == null) {
			return "not signed";
		}
		return switch (check.standing()) {
			case HOLDS -> "holds";
			case WRONG -> "wrong: " + check.why();
			case UNVERIFIED -> check.why();
		};
	}

}

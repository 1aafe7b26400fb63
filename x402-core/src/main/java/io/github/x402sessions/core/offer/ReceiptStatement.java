package io.github.x402sessions.core.offer;

import org.jspecify.annotations.Nullable;

/**
 * The content of a signed receipt: its server says that it was paid and has served.
 *
 * @param version the version of these fields, 1
 * @param network the network as a CAIP-2 id
 * @param resourceUrl the URL of what was sold
 * @param payer who has paid
 * @param issuedAt when it was signed, Unix seconds
 * @param transaction the transaction that moved the money; optional, empty is the same as
 * absent
 */
public record ReceiptStatement(int version, String network, String resourceUrl, String payer, long issuedAt,
		@Nullable String transaction) {

	/**
	 * Check the required fields.
	 * @throws io.github.x402sessions.core.protocol.MalformedMessageException if one is
	 * missing
	 */
	public ReceiptStatement {
		OfferReceipt.requireText(network, "network");
		OfferReceipt.requireText(resourceUrl, "resourceUrl");
		OfferReceipt.requireText(payer, "payer");
	}

}

package io.github.x402sessions.samples.agent.call;

import java.net.URI;

import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.samples.agent.evidence.ReceiptFile;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import org.jspecify.annotations.Nullable;

/**
 * The request and how often it is made.
 *
 * @param url the request
 * @param calls how often it is made
 * @param keepGoing whether a call that is not paid is no reason to stop
 * @param output where what was bought goes; {@code null} to show it
 * @param publicOrigin where the server says that it is; {@code null} if that is where it
 * is called
 * @param receipts keeps what servers have signed; {@code null} for nothing
 */
public record CallPlan(PricedUrl url, int calls, boolean keepGoing, @Nullable OutputFile output,
		@Nullable URI publicOrigin, @Nullable ReceiptFile receipts) {

	/** Hear of payments, and keep what is to be kept. */
	public LastPayment hearing() {
		return new LastPayment(this.receipts);
	}

	/** Have payments signed for where the server says that it is. */
	public void signFor(SessionClientBuilder client) {
		if (this.publicOrigin != null) {
			client.publicOrigin(this.url.uri(), this.publicOrigin);
		}
	}

}

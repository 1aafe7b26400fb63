package io.github.x402sessions.samples.agent.session;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.client.SchemePreference;
import io.github.x402sessions.client.X402Client;
import io.github.x402sessions.client.X402ClientBuilder;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.samples.agent.call.ExactFunds;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.report.Report;

/**
 * Pays without a session: the account signs one transfer for each call, and its server's
 * facilitator, who may spend nothing else, sends it.
 */
public final class ExactAccount {

	/** Longer than any run: the limit is for all of it. */
	private static final Duration ALL = Duration.ofDays(365);

	private final SessionOptions options;

	private final Report report;

	public ExactAccount(SessionOptions options, Report report) {
		this.options = options;
		this.report = report;
	}

	/**
	 * Make ready to pay. Nothing is signed yet.
	 * @param offer what the server asks
	 * @param url what is called
	 * @param payments hears of payments
	 */
	public ExactFunds open(Offer offer, URI url, PaymentEventListener payments) {
		URI rpc = this.options.rpc(url, offer.network());
		X402ClientBuilder builder = X402Client.builder()
			.network(offer.network())
			.asset(offer.asset())
			.recipients(this.options.recipient(offer))
			.allowedOrigins(url)
			.preference(SchemePreference.EXACT)
			.maxPerCall(offer.asset().toDecimal(offer.price()))
			.listener(payments);
		SessionOpener.check("--rpc", () -> builder.rpc(rpc));
		SessionOpener.check("--cap", () -> this.options.checkCap(offer));
		SessionOpener.check("--cap", () -> builder.maxPerPeriod(this.options.cap(), ALL));
		PayerKey payer = PayerKey.paying(this.options, rpc, offer.asset());
		this.report.progress("account   " + payer.signer().accountId());
		this.report.progress("price     " + offer.describe(offer.price()) + " a call, to " + offer.recipient());
		this.report.progress("scheme    exact: a signature for each call, no session");
		return new ExactFunds(builder.signer(payer.signer()).build(), offer.asset(), this.options.capUnits(offer));
	}

}

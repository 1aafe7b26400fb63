package io.github.x402sessions.samples.agent.session;

import java.net.URI;
import java.util.function.Consumer;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.report.Report;

/**
 * Opens a session that fits a server's offer.
 */
public final class SessionOpener {

	private final SessionOptions options;

	private final Report report;

	private final OpeningKeeper keeper;

	public SessionOpener(SessionOptions options, Report report, OpeningKeeper keeper) {
		this.options = options;
		this.report = report;
		this.keeper = keeper;
	}

	public Session open(Offer offer, URI url) {
		return open(offer, url, (event) -> {
		}, (client) -> {
		});
	}

	/**
	 * Open a session.
	 * @param offer what the server asks
	 * @param url what is called
	 * @param payments hears of payments
	 * @param more says what else the client has to know
	 */
	public Session open(Offer offer, URI url, PaymentEventListener payments, Consumer<SessionClientBuilder> more) {
		URI facilitator = this.options.facilitator(offer, url);
		URI rpc = this.options.rpc(facilitator, offer.network());
		SessionClientBuilder builder = builder(offer, url, facilitator, rpc);
		more.accept(builder);
		PayerKey payer = PayerKey.paying(this.options, rpc, offer.asset());
		this.report.progress("account   " + payer.signer().accountId());
		this.report.progress("price     " + offer.describe(offer.price()) + " a call, to " + offer.recipient());
		this.report.progress("opening   a session, which takes a ledger or two");
		KeptOpening kept = new KeptOpening(this.options, payer, facilitator, rpc, offer.network(), offer.asset(),
				offer.recipient(), SessionKeyPair.random(), this.keeper);
		Session session = kept.of(builder.signer(payer.signer()).listener(payments)).open();
		this.report.progress("approved  " + session.approvalTransaction());
		this.report.progress(
				"session   cap " + offer.describe(session.cap()) + ", until ledger " + session.expirationLedger());
		this.report.progress("key       " + (session.sessionKey().isPresent() ? "signs each payment for its call"
				: "none: who sees a payment can use the session"));
		return session;
	}

	/**
	 * Everything but the payer, so that wrong options are found before an account is
	 * funded. No call may cost more than the one whose price was shown.
	 */
	private SessionClientBuilder builder(Offer offer, URI url, URI facilitator, URI rpc) {
		SessionClientBuilder builder = SessionClient.builder()
			.network(offer.network())
			.asset(offer.asset())
			.recipient(this.options.recipient(offer))
			.allowedOrigins(url)
			.sessionKeys(this.options.keys());
		check("--facilitator", () -> builder.facilitator(facilitator));
		check("--rpc", () -> builder.rpc(rpc));
		check("--expires-in", () -> builder.expiresIn(this.options.expiresIn()));
		check("--cap", () -> this.options.capUnits(offer));
		check("--cap", () -> builder.cap(this.options.cap()).signer(SessionSigner.random()).build());
		check("--cap", () -> this.options.checkCap(offer));
		return builder.maxPerCall(offer.asset().toDecimal(offer.price()));
	}

	public static void check(String option, Runnable setting) {
		try {
			setting.run();
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException(option, String.valueOf(ex.getMessage()));
		}
	}

}

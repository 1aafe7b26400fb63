package io.github.x402sessions.samples.agent.funds;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionWallet;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.offer.SchemeChoice;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.KeptSession;
import io.github.x402sessions.samples.agent.session.SessionFiles;
import io.github.x402sessions.samples.agent.session.SessionOptions;

/**
 * Pays from sessions, one for each recipient, which are opened at their first payment and
 * kept before it is made. What was begun by a process that ended is gone on with; a
 * session that is used up or over is not replaced: what a user allows is allowed once.
 * Thread-safe.
 */
final class SessionPurse implements Payer {

	private final SpendingPlan plan;

	private final SessionOptions options;

	private final SessionFiles files;

	private final PayingAccount account;

	private final Report report;

	private final Lazily<SessionWallet> wallet = new Lazily<>();

	SessionPurse(SpendingPlan plan, SessionOptions options, SessionFiles files, PayingAccount account, Report report) {
		this.plan = plan;
		this.options = options;
		this.files = files;
		this.account = account;
		this.report = report;
	}

	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		Optional<PaymentRequirements> asked = this.plan.way("session", offer.challenge().accepts());
		if (asked.isEmpty()) {
			return new PayerDecision.Declines(DeclineReason.SCHEME, offer.challenge().accepts().get(0)).now();
		}
		if (this.options.recipient().filter((only) -> !only.equals(asked.get().payTo())).isPresent()) {
			return new PayerDecision.Declines(DeclineReason.RECIPIENT, asked.get()).now();
		}
		return this.wallet.get(() -> open(facilitator(offer.challenge(), offer.url())))
			.thenCompose((ready) -> ready.payments().payer().answer(offer).thenApply((decision) -> {
				keep(ready);
				return decision.fold((pays) -> pays, (declines) -> explained(declines, ready));
			}))
			.exceptionally((failure) -> Failure.declined(DeclineReason.NO_SESSION, asked.get(), failure));
	}

	private PayerDecision explained(PayerDecision.Declines declines, SessionWallet ready) {
		if (declines.reason() != DeclineReason.NO_SESSION || declines.why() != null) {
			return declines;
		}
		boolean spent = this.plan.asset().toBaseUnits(this.options.cap()).compareTo(ready.uncommitted()) > 0;
		return new PayerDecision.Declines(declines.reason(), declines.asked(),
				spent ? "what --total leaves does not suffice for a session of --cap"
						: "a session could not be opened, see the log");
	}

	@Override
	public boolean mayHavePaid(PaymentIdentifier identifier) {
		return this.wallet.made().filter((ready) -> ready.payments().payer().mayHavePaid(identifier)).isPresent();
	}

	/** The sessions that are open, those of earlier processes too. */
	Collection<Session> sessions() {
		Optional<URI> known = this.files.all().stream().map(KeptSession::facilitator).findFirst();
		if (known.isEmpty() && this.wallet.made().isEmpty()) {
			return List.of();
		}
		try {
			return this.wallet.get(() -> open(known.orElseThrow())).join().sessions().values();
		}
		catch (CompletionException ex) {
			throw new CannotStartException(Failure.words(ex), ex);
		}
	}

	/** A session is the facilitator's that it was opened at. */
	private URI facilitator(PaymentRequired challenge, URI server) {
		return this.files.all().stream().map(KeptSession::facilitator).findFirst().orElseGet(() -> {
			Offer offer = Offer.of(challenge, this.plan.network(), this.plan.asset(), SchemeChoice.SESSION);
			return this.options.facilitator(offer, server);
		});
	}

	private SessionWallet open(URI facilitator) {
		OpeningResumption.resume(this.files, this.options.secret(), this.report);
		URI rpc = this.options.rpc(facilitator, this.plan.network());
		SessionTerms terms = new SessionTerms(this.plan, this.options, facilitator, rpc,
				this.account.key(rpc, this.plan.asset()), this.files);
		return terms.wallet();
	}

	private void keep(SessionWallet ready) {
		try {
			ready.save().forEach(this.files::opened);
		}
		catch (CannotStartException ex) {
			this.report.progress(String.valueOf(ex.getMessage()));
		}
	}

}

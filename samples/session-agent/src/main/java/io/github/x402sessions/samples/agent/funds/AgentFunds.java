package io.github.x402sessions.samples.agent.funds;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.offer.OfferCheck;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.SessionFiles;
import io.github.x402sessions.samples.agent.session.SessionOptions;

/**
 * Money of an agent: one budget for all servers that its user allows, spent from
 * sessions, by {@code exact} or both. Nothing is opened or signed before the first
 * payment. Thread-safe.
 */
public final class AgentFunds {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	/** Longer than any run: the limit is for all of it. */
	private static final Duration ALL = Duration.ofDays(365);

	private final SpendingPlan plan;

	private final Set<Origin> origins;

	private final SessionPurse sessions;

	private final Payer payer;

	private final Budget budget;

	/** One for all calls, because it remembers keys. */
	private final OfferCheck offers = new OfferCheck(Clock.systemUTC(), false);

	private final Tally tally = new Tally();

	/** One for all calls, each of which pays by itself. */
	private final HttpClient plain = HttpClient.newBuilder()
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(CONNECT_TIMEOUT)
		.build();

	/**
	 * Create funds.
	 * @param plan the user's limits
	 * @param options say what sessions to open, and whose
	 * @param files keep the sessions
	 * @param report is told of accounts and sessions
	 */
	public AgentFunds(SpendingPlan plan, SessionOptions options, SessionFiles files, Report report) {
		this.plan = plan;
		this.origins = plan.origins();
		this.budget = Budget.of(plan.network().id(), plan.asset().id(), plan.total(), ALL, Clock.systemUTC());
		PayingAccount account = new PayingAccount(options, files, report);
		this.sessions = new SessionPurse(plan, options, files, account, report);
		List<Payer> payers = new ArrayList<>();
		for (String scheme : plan.scheme().schemes()) {
			payers.add(scheme.equals("exact") ? new ExactPurse(plan, options, account) : this.sessions);
		}
		PaymentOptions others = options((event) -> {
		}).withOthers(payers.subList(1, payers.size()));
		this.payer = new Payments(payers.get(0), others).payer();
	}

	/**
	 * Start a call.
	 * @param most the most that it may cost, base units; never more than the plan allows
	 */
	public CallAllowance call(BigInteger most) {
		return new CallAllowance(this, most.min(this.plan.maxPrice()));
	}

	public SpendingPlan plan() {
		return this.plan;
	}

	/** Whether a server may be paid, or asked for anything. */
	public boolean allows(URI url) {
		return this.origins.contains(Origin.of(url));
	}

	/** What may still be agreed to, base units. */
	public BigInteger left() {
		return this.budget.left().orElse(BigInteger.ZERO).max(BigInteger.ZERO);
	}

	/** What was paid since the start, by receipts, base units. */
	public BigInteger spent() {
		return this.tally.paid();
	}

	/** What may have been charged since the start without a receipt, base units. */
	public BigInteger perhapsCharged() {
		return this.tally.perhaps();
	}

	/**
	 * The sessions that are open.
	 * @throws io.github.x402sessions.samples.agent.failure.CannotStartException if those
	 * that are kept cannot be used
	 */
	public Collection<Session> sessions() {
		return this.sessions.sessions();
	}

	Payer payer() {
		return this.payer;
	}

	Tally tally() {
		return this.tally;
	}

	HttpClient plain() {
		return this.plain;
	}

	PaymentOptions options(PaymentEventListener listener) {
		return new PaymentOptions(this.budget, listener, false, false, CONNECT_TIMEOUT, Clock.systemUTC(), List.of(),
				this.plan.network().id(), this.plan.asset(), this.offers);
	}

}

package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.Payments;
import io.github.x402sessions.client.payment.SessionPayer;
import io.github.x402sessions.client.payment.SpendingRules;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Several sessions, one for each recipient, opened when a call needs them and never for
 * more than a total. A session counts with its whole cap, spent or not, until it is
 * closed. Only servers at the allowed origins can make it open one. Thread-safe.
 *
 * <pre class="code">
 * SessionWallet wallet = new SessionWallet("5.00", (recipient) -&gt; SessionClient.builder()
 *     .signer(signer)
 *     .facilitator(facilitator)
 *     .recipient(recipient)
 *     .cap("0.50")
 *     .expiresIn(Duration.ofHours(1))
 *     .allowedOrigins(shop, library));
 * HttpResponse&lt;String&gt; answer = wallet.httpClient().send(request, BodyHandlers.ofString());
 * </pre>
 */
public final class SessionWallet {

	/** Stands for any recipient where the others of a client's settings are looked at. */
	private static final String NOBODY = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF";

	private final Function<String, SessionClientBuilder> clients;

	private final SessionPlan plan;

	private final BigInteger total;

	private final Payments payments;

	private final ReentrantLock opening = new ReentrantLock();

	private final Map<String, Session> sessions = new LinkedHashMap<>();

	/**
	 * Create a wallet. Nothing is opened yet.
	 * @param total the most that all sessions together may spend, a decimal in whole
	 * tokens
	 * @param clients describes the session for a recipient; apart from that, the same for
	 * all
	 * @throws IllegalArgumentException if the total is no such decimal
	 * @throws IllegalStateException if a client lacks a setting, or allows no origin
	 */
	public SessionWallet(String total, Function<String, SessionClientBuilder> clients) {
		this.clients = clients;
		this.plan = clients.apply(NOBODY).build().plan();
		this.total = Positive.units(this.plan.asset(), total, "total");
		if (this.plan.origins().isEmpty()) {
			throw new IllegalStateException("this wallet may be used nowhere: name the servers it is for "
					+ "with SessionClient.builder().allowedOrigins(…)");
		}
		this.payments = new Payments(this::payerFor, this.plan.payments());
	}

	/**
	 * Create an HTTP client that pays with the session of whoever asks, as
	 * {@link Session#httpClient()} does with one. A call that needs a new session takes a
	 * ledger or two longer. Where a session cannot be opened the 402 is the caller's.
	 * @return a client
	 */
	public HttpClient httpClient() {
		return this.payments.httpClient();
	}

	/**
	 * Return what pays for the calls of other HTTP clients than the JDK's.
	 * @return the payments of this wallet
	 */
	public Payments payments() {
		return this.payments;
	}

	/**
	 * Return the sessions that are open.
	 * @return a copy, by recipient
	 */
	public Map<String, Session> sessions() {
		this.opening.lock();
		try {
			return new LinkedHashMap<>(this.sessions);
		}
		finally {
			this.opening.unlock();
		}
	}

	/**
	 * Return what may still be committed to new sessions.
	 * @return base units
	 */
	public BigInteger uncommitted() {
		return this.total
			.subtract(sessions().values().stream().map(Session::cap).reduce(BigInteger.ZERO, BigInteger::add));
	}

	/**
	 * Save what it takes to go on in another process: secrets, one for each session.
	 * @return the sessions
	 */
	public List<SavedSession> save() {
		return sessions().values().stream().map(Session::save).toList();
	}

	/**
	 * Take up a session that was saved. Nothing is sent.
	 * @param saved one of those that {@link #save()} returned
	 * @throws IllegalArgumentException if it was opened with other settings than this
	 * wallet's, or there is one for its recipient, or it is too much for the total
	 */
	public void restore(SavedSession saved) {
		this.opening.lock();
		try {
			Session session = this.clients.apply(saved.recipient()).build().restore(saved);
			if (session.cap().compareTo(uncommitted()) > 0) {
				throw new IllegalArgumentException("the session's cap is more than the wallet's total leaves");
			}
			if (this.sessions.putIfAbsent(saved.recipient(), session) != null) {
				throw new IllegalArgumentException("the wallet has a session for this recipient");
			}
		}
		finally {
			this.opening.unlock();
		}
	}

	/**
	 * Close all sessions and take their allowances back. Those that cannot be closed stay
	 * in the wallet.
	 * @throws SessionNotClosedException if an allowance stands, or perhaps stands
	 */
	public void close() {
		this.opening.lock();
		try {
			for (Map.Entry<String, Session> entry : sessions().entrySet()) {
				entry.getValue().close();
				this.sessions.remove(entry.getKey());
			}
		}
		finally {
			this.opening.unlock();
		}
	}

	private Optional<SessionPayer> payerFor(URI url, PaymentRequired challenge) {
		if (!this.plan.origins().contains(Origin.of(url))) {
			return Optional.empty();
		}
		Optional<String> recipient = challenge.accepts()
			.stream()
			.filter(this::isOurs)
			.map(PaymentRequirements::payTo)
			.findFirst();
		return recipient.flatMap(this::session).map(Session::payer);
	}

	private boolean isOurs(PaymentRequirements asked) {
		try {
			return SpendingRules.SCHEME.equals(asked.scheme()) && this.plan.network().id().equals(asked.network())
					&& this.plan.asset().id().equals(asked.asset()) && asked.baseUnits().signum() > 0
					&& asked.baseUnits().compareTo(this.plan.maxPerCall()) <= 0;
		}
		catch (MalformedMessageException ex) {
			return false;
		}
	}

	private Optional<Session> session(String recipient) {
		this.opening.lock();
		try {
			Session open = this.sessions.get(recipient);
			if (open != null) {
				return Optional.of(open);
			}
			if (this.plan.cap().compareTo(uncommitted()) > 0) {
				return Optional.empty();
			}
			Session opened = this.clients.apply(recipient).open();
			this.sessions.put(recipient, opened);
			return Optional.of(opened);
		}
		catch (SessionOpeningException | IllegalArgumentException ex) {
			return Optional.empty();
		}
		finally {
			this.opening.unlock();
		}
	}

	@Override
	public String toString() {
		return "SessionWallet[sessions=" + sessions().size() + "]";
	}

}

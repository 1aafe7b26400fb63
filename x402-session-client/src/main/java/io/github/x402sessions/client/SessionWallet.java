package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.steps.SessionPlan;

/**
 * Several sessions, one for each recipient, opened when a call needs them and never for
 * more than a total. A session counts with its whole cap, spent or not, until it is
 * closed. Only servers at the allowed origins can make it open one. A session is opened
 * in a thread of its own, so a call that needs none waits for none. Thread-safe.
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

	/** How long closing waits for a session that is being opened. */
	private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(30);

	private final Function<String, SessionClientBuilder> clients;

	private final SessionPlan plan;

	private final BigInteger total;

	private final Payments payments;

	private final ReentrantLock closing = new ReentrantLock();

	/** By recipient; guarded by this wallet, and never while something is sent. */
	private final Map<String, WalletSlot> slots = new LinkedHashMap<>();

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
		this(total, clients, clients.apply(NOBODY).build().plan());
	}

	/** Create a wallet whose sessions pay as somebody else does. */
	SessionWallet(String total, Function<String, SessionClientBuilder> clients, PaymentOptions shared) {
		this(total, clients, clients.apply(NOBODY).sharing(shared).build().plan());
	}

	private SessionWallet(String total, Function<String, SessionClientBuilder> clients, SessionPlan plan) {
		this.clients = clients;
		this.plan = plan;
		this.total = Amounts.units(this.plan.asset(), total, "total");
		if (this.plan.origins().isEmpty()) {
			throw new IllegalStateException("this wallet may be used nowhere: name the servers it is for "
					+ "with SessionClient.builder().allowedOrigins(…)");
		}
		this.payments = new Payments(payer(), this.plan.payments());
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

	/** Pays with sessions, and opens those that are missing. */
	Payer payer() {
		return new WalletPayer(this.plan, (asked) -> session(asked.payTo()));
	}

	/** Pays with sessions that are open and have enough left. */
	Payer openSessions() {
		return new WalletPayer(this.plan, (asked) -> CompletableFuture.completedFuture(
				Optional.ofNullable(sessions().get(asked.payTo())).filter((open) -> open.fits(asked.baseUnits()))));
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
	public synchronized Map<String, Session> sessions() {
		Map<String, Session> open = new LinkedHashMap<>();
		this.slots.forEach((recipient, slot) -> slot.open().ifPresent((session) -> open.put(recipient, session)));
		return open;
	}

	/**
	 * Return what may still be committed to new sessions. A session that is being opened
	 * counts, and so does an approval that may stand though no session came of it.
	 * @return base units
	 */
	public synchronized BigInteger uncommitted() {
		return this.total
			.subtract(this.slots.values().stream().map(WalletSlot::committed).reduce(BigInteger.ZERO, BigInteger::add));
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
	public synchronized void restore(SavedSession saved) {
		WalletSlot known = this.slots.get(saved.recipient());
		if (known != null && known.committed().signum() > 0) {
			throw new IllegalArgumentException("the wallet has a session for this recipient");
		}
		WalletSlot slot = slot(saved.recipient());
		slot.restore(saved);
		if (slot.committed().compareTo(uncommitted()) > 0) {
			throw new IllegalArgumentException("the session's cap, " + this.plan.asset().describe(slot.committed())
					+ ", is more than the wallet's total leaves, " + this.plan.asset().describe(uncommitted()));
		}
		this.slots.put(saved.recipient(), slot);
	}

	/**
	 * Close all sessions and take their allowances back. Those that cannot be closed stay
	 * in the wallet, and keep no other from being closed; nor does one that is still
	 * being opened, which is waited for last, for half a minute.
	 * @throws SessionNotClosedException if an allowance stands, or perhaps stands; what
	 * happened to further ones is suppressed in it
	 */
	public void close() {
		this.closing.lock();
		try {
			closeAll();
		}
		finally {
			this.closing.unlock();
		}
	}

	private void closeAll() {
		RuntimeException first = null;
		List<WalletSlot> patientLast = copy().stream().sorted(Comparator.comparing(WalletSlot::isOpening)).toList();
		for (WalletSlot slot : patientLast) {
			try {
				slot.close(CLOSING_TIMEOUT);
			}
			catch (RuntimeException ex) {
				if (first == null) {
					first = ex;
				}
				else {
					first.addSuppressed(ex);
				}
			}
		}
		if (first != null) {
			throw first;
		}
	}

	private synchronized List<WalletSlot> copy() {
		return List.copyOf(this.slots.values());
	}

	/** The session for a recipient, opened if need be and if the total allows it. */
	private synchronized CompletableFuture<Optional<Session>> session(String recipient) {
		try {
			WalletSlot slot = this.slots.get(recipient);
			if (slot == null || slot.committed().signum() == 0) {
				if (this.plan.cap().compareTo(uncommitted()) > 0) {
					return CompletableFuture.completedFuture(Optional.empty());
				}
				slot = (slot != null) ? slot : slot(recipient);
				this.slots.put(recipient, slot);
			}
			return slot.session();
		}
		catch (IllegalArgumentException ex) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
	}

	/** All sessions of a wallet have one budget and one listener. */
	private WalletSlot slot(String recipient) {
		return new WalletSlot(this.clients.apply(recipient).sharing(this.plan.payments()).build());
	}

	@Override
	public String toString() {
		return "SessionWallet[sessions=" + sessions().size() + "]";
	}

}

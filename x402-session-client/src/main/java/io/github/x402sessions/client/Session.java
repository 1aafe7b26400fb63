package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.approval.Ledgers;
import io.github.x402sessions.client.approval.SentApproval;
import io.github.x402sessions.client.facilitator.OpenedSession;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionOpeningException;
import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.session.PaymentSigner;
import io.github.x402sessions.client.payment.session.SessionGrant;
import io.github.x402sessions.client.payment.session.SessionPayer;
import io.github.x402sessions.client.payment.session.SpendingRules;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.scheme.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * An open payment session: an allowance on the chain and the facilitator's word to settle
 * calls from it, until its cap or its last ledger. Topping up and renewal put another
 * approval in its place, and the clients that were handed out go on with that.
 * Thread-safe.
 */
public final class Session {

	private final SessionClient client;

	private final SessionPayer payer;

	private final Payments payments;

	/** Opens the session that follows, if one is to. */
	private final PaymentEventListener renewal;

	private final ReplacedSessions replaced;

	private final AllowanceHolder holder = new AllowanceHolder(this::state);

	private volatile OpenedSession current;

	/** Held here, so that all who approve for the same spender know of this session. */
	private volatile LiveSessions live;

	Session(SessionClient client, OpenedSession opened) {
		PaymentOptions options = client.plan().payments();
		this.client = client;
		this.replaced = new ReplacedSessions(client::state, client::end);
		this.current = opened;
		this.live = LiveSessions.of(client.plan(), opened.spender());
		this.renewal = renewal(client.plan());
		PaymentOptions watched = options.withListener((event) -> {
			options.listener().on(event);
			this.renewal.on(event);
		});
		this.payer = new SessionPayer(grant(client.plan(), opened), watched);
		this.payments = new Payments(this.payer, watched);
	}

	private PaymentEventListener renewal(SessionPlan plan) {
		BigInteger renewUpTo = plan.renewUpTo();
		return (renewUpTo != null)
				? new Renewal(new Target(), plan.cap(), renewUpTo, plan.payments().listener(), plan.payments().clock())
				: (event) -> {
				};
	}

	private static SessionGrant grant(SessionPlan plan, OpenedSession opened) {
		SpendingRules rules = new SpendingRules(plan.network().id(), plan.asset(), plan.recipient(), opened.spender(),
				plan.maxPerCall(), plan.origins());
		Duration life = Ledgers.last(plan.ledgers());
		return new SessionGrant(opened.id(), rules, opened.cap().divide(BigInteger.TEN),
				opened.expiresAt().minus(life.dividedBy(10)), opened.expiresAt(), signer(plan, opened));
	}

	private static @Nullable PaymentSigner signer(SessionPlan plan, OpenedSession opened) {
		SessionKeyPair key = opened.key();
		return (key != null) ? new PaymentSigner(key, opened.registration().approvalTxHash(), plan.publicOrigins())
				: null;
	}

	/**
	 * Create an HTTP client that pays with this session. It answers a 402 by sending the
	 * request once more with a payment if, and only if, the request went to an allowed
	 * origin and the 402 asks for this session's network, asset and recipient and for no
	 * more than the limit per call. With a key the payment is signed for that request,
	 * and once more where it is refused because of its URL or its time. Every other 402
	 * is returned as it is. The client follows no redirects, or with
	 * {@link SessionClientBuilder#followingRedirects()} those within an origin. The body
	 * of a paid request is the one that was sent first: a publisher of known length must
	 * be able to publish it again, as those of strings, byte arrays and files are, or the
	 * request fails; of a body of unknown length a copy of up to 1 MiB is kept, and a
	 * longer one is not paid for. Cancelling the future of an asynchronous request
	 * cancels the exchange under way, and nothing is paid after it. WebSockets are not
	 * supported.
	 * @return a client
	 * @throws IllegalStateException if no origin was allowed
	 */
	public HttpClient httpClient() {
		if (plan().origins().isEmpty()) {
			throw new IllegalStateException("this session may be sent nowhere: name the servers it is for "
					+ "with SessionClient.builder().allowedOrigins(…)");
		}
		return this.payments.httpClient();
	}

	/**
	 * Return what pays for the calls of other HTTP clients than the JDK's.
	 * @return the payments of this session
	 */
	public Payments payments() {
		return this.payments;
	}

	/**
	 * Ask the facilitator where the session stands.
	 * @return its state now
	 * @throws SessionNotFoundException if the facilitator does not know it
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if there is no
	 * usable answer
	 */
	public SessionState state() {
		return this.client.state(id());
	}

	/**
	 * Ask the facilitator what is left.
	 * @return what the session may still spend, base units
	 * @throws SessionNotFoundException if the facilitator does not know it
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if there is no
	 * usable answer
	 */
	public BigInteger remaining() {
		return state().remaining();
	}

	/**
	 * Ask the facilitator what became of a payment that it settles later on. What a
	 * metered call came to counts from then on, in the budget too, in place of the most
	 * that it might have.
	 * @param commitment what a receipt has for its {@code commitment()}
	 * @return the payment, or empty if the facilitator does not know it
	 * @throws IllegalArgumentException if that is no commitment's id
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if there is no
	 * usable answer
	 */
	public Optional<DeferredPayment> settlement(String commitment) {
		Optional<DeferredPayment> told = this.client.settlement(commitment);
		told.filter((payment) -> !payment.isHeld()).ifPresent((payment) -> this.payer.known(commitment));
		return told;
	}

	/**
	 * Put a session in the place of this one that may spend what is left and more, and
	 * lives as long as a new one. Signs and waits as {@link SessionClient#open()} does;
	 * calls that are under way at that moment may be refused, unpaid. What they are
	 * charged while the facilitator is asked what is left comes on top.
	 * @param amount how much more, a decimal such as {@code 1.00}, in whole tokens
	 * @throws SessionOpeningException if it did not work; the old session stays in place,
	 * and {@link #resume} goes on where it stopped
	 * @throws IllegalArgumentException if the amount is not such a decimal
	 */
	public void topUp(String amount) {
		BigInteger more = Amounts.units(asset(), amount, "amount");
		BigInteger left;
		try {
			left = remaining();
		}
		catch (X402Exception ex) {
			throw new SessionNotOpenedException("nothing was signed: " + ex.getMessage(), ex);
		}
		follow(left.add(more));
	}

	/**
	 * Go on where {@link #topUp} stopped.
	 * @param failure what it threw
	 * @throws SessionOpeningException if it did not work again
	 */
	public void resume(UnregisteredApprovalException failure) {
		SentApproval sent = failure.sent()
			.orElseThrow(() -> new IllegalArgumentException("this is no failure of a top-up in this process"));
		use(this.client.register(failure, sent));
	}

	/**
	 * Pay no more calls, have the facilitator close the session and take the allowance
	 * back, which takes a signature and a ledger. What other sessions of this process
	 * need stays approved.
	 * @throws SessionNotClosedException if the allowance stands, or perhaps stands
	 */
	public void close() {
		this.payer.stop();
		this.client.close(this);
	}

	/**
	 * Save what it takes to go on in another process.
	 * @return the saved session, which holds a secret
	 * @see SessionClient#restore(SavedSession)
	 */
	public SavedSession save() {
		OpenedSession saved = this.current;
		SessionKeyPair key = saved.key();
		return new SavedSession(facilitator().toString(), network().id(), saved.registration().user(), asset().id(),
				asset().decimals(), recipient(), saved.spender(), saved.registration().cap(),
				saved.registration().expirationLedger(), saved.registration().approvalTxHash(),
				saved.expiresAt().getEpochSecond(), saved.id(), (key != null) ? key.toSecret() : null);
	}

	void follow(BigInteger cap) {
		this.client.follow(this, cap);
	}

	void use(OpenedSession next) {
		this.replaced.add(this.current);
		this.current = next;
		this.payer.use(grant(plan(), next));
		join(LiveSessions.of(plan(), next.spender()));
	}

	/** A session that follows may be another spender's. */
	private void join(LiveSessions next) {
		LiveSessions before = this.live;
		if (next != before) {
			next.add(this.holder);
			this.live = next;
			before.remove(this.holder);
		}
	}

	/** Those that share the allowance. */
	LiveSessions live() {
		return this.live;
	}

	/** Have the facilitator close what pays nothing more by now. */
	void closeReplaced() {
		this.replaced.close();
	}

	/**
	 * Answer an offer to a wallet, of whose calls the renewal does not hear by itself.
	 */
	CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		return this.payer.answer(offer)
			.thenApply((decision) -> decision
				.fold((pays) -> pays.withOutcomes(pays.outcomes().andThen(this.renewal::on)), (declines) -> declines));
	}

	/** Whether it can pay an amount, as far as is known here. */
	boolean fits(BigInteger amount) {
		return this.payer.hasLeft(amount) && expiresAt().isAfter(plan().payments().clock().instant());
	}

	/** What those know of it that share the allowance. */
	AllowanceHolder holder() {
		return this.holder;
	}

	SessionPlan plan() {
		return this.client.plan();
	}

	/**
	 * Return about when the session ends, by the network's usual pace.
	 * @return the time
	 */
	public Instant expiresAt() {
		return this.current.expiresAt();
	}

	/**
	 * Return the session's id. It is a bearer token: who has it can spend the session.
	 * @return the id, a secret
	 */
	public String id() {
		return this.current.id();
	}

	/**
	 * Return the key by which the facilitator verifies the payments of the session.
	 * @return the public key, or empty if the session has none: then who sees a payment
	 * can spend the session
	 */
	public Optional<SessionKey> sessionKey() {
		return Optional.ofNullable(this.current.key()).map(SessionKeyPair::publicKey);
	}

	/**
	 * Return the account that pays.
	 * @return its address
	 */
	public String user() {
		return this.current.registration().user();
	}

	/**
	 * Return the facilitator's account that spends the allowance.
	 * @return its address
	 */
	public String spender() {
		return this.current.spender();
	}

	/**
	 * Return what is paid with.
	 * @return the asset
	 */
	public Asset asset() {
		return plan().asset();
	}

	/**
	 * Return the only address that the session pays.
	 * @return the address
	 */
	public String recipient() {
		return plan().recipient();
	}

	/**
	 * Return the most that the session may spend.
	 * @return the cap in base units
	 */
	public BigInteger cap() {
		return this.current.cap();
	}

	/**
	 * Return the last ledger in which the session may spend. It is a later one than was
	 * asked for where other sessions share the allowance and last longer.
	 * @return the ledger's sequence number
	 */
	public long expirationLedger() {
		return this.current.registration().expirationLedger();
	}

	/**
	 * Return the network.
	 * @return the network
	 */
	public Network network() {
		return plan().network();
	}

	/**
	 * Return where the facilitator is.
	 * @return its base URL
	 */
	public URI facilitator() {
		return plan().facilitator();
	}

	/**
	 * Return the transaction that approved the allowance.
	 * @return its hash, hex
	 */
	public String approvalTransaction() {
		return this.current.registration().approvalTxHash();
	}

	@Override
	public String toString() {
		return "Session[id=***, user=" + user() + ", recipient=" + recipient() + ", cap=" + asset().describe(cap())
				+ ", expirationLedger=" + expirationLedger() + "]";
	}

	/** This session, as its renewal sees it. */
	private final class Target implements Renewal.Target {

		@Override
		public SessionState state() {
			return Session.this.state();
		}

		@Override
		public BigInteger spentBefore() {
			return Session.this.replaced.spent();
		}

		@Override
		public void follow(BigInteger cap) {
			Session.this.follow(cap);
		}

		@Override
		public void resume(UnregisteredApprovalException failure) {
			Session.this.resume(failure);
		}

		@Override
		public PaymentEvent.Renewed renewed() {
			return new PaymentEvent.Renewed(asset(), cap(), expirationLedger());
		}

	}

}

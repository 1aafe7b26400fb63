package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.client.approval.AllowanceNeed;
import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalStrategy;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.approval.FacilitatorApproval;
import io.github.x402sessions.client.approval.FacilitatorRevocation;
import io.github.x402sessions.client.approval.Ledgers;
import io.github.x402sessions.client.approval.OnChainApproval;
import io.github.x402sessions.client.approval.OnChainRevocation;
import io.github.x402sessions.client.approval.RevocationStrategy;
import io.github.x402sessions.client.approval.SentApproval;
import io.github.x402sessions.client.facilitator.DeferredPaymentBody;
import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.OpenedSession;
import io.github.x402sessions.client.facilitator.QuoteNotOfferedException;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.facilitator.RevocationNotOfferedException;
import io.github.x402sessions.client.facilitator.SessionSupport;
import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.OpeningListener;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import io.github.x402sessions.client.opening.steps.ApprovalRevocation;
import io.github.x402sessions.client.opening.steps.SessionOpening;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.opening.steps.SessionResumption;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.jspecify.annotations.Nullable;

/**
 * Opens payment sessions: one signature of the payer, then one settlement per paid call,
 * without another, until a cap or an expiry. Immutable and thread-safe.
 *
 * <pre class="code">
 * Session session = SessionClient.builder()
 *     .signer(SessionSigner.ofSecret(secret))
 *     .facilitator(URI.create("https://facilitator.example"))
 *     .recipient("G…")
 *     .cap("1.00")
 *     .expiresIn(Duration.ofHours(1))
 *     .allowedOrigins(URI.create("https://api.example"))
 *     .open();
 * HttpResponse&lt;String&gt; answer = session.httpClient().send(request, BodyHandlers.ofString());
 * </pre>
 */
public final class SessionClient {

	/** How long closing waits for others of the same payer that approve. */
	private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(30);

	private final SessionPlan plan;

	private final FacilitatorSessionsClient facilitator;

	private final ApprovalChain chain;

	private final RegistrationRetry retry;

	private final OpeningListener progress;

	SessionClient(SessionPlan plan, ApprovalTimeouts timeouts, RegistrationRetry retry, OpeningListener progress) {
		JsonHttp http = new JsonHttp(plan.payments().connectTimeout(), plan.readTimeout());
		this.plan = plan;
		this.facilitator = new FacilitatorSessionsClient(plan.facilitator(), http);
		this.chain = new ApprovalChain(plan.chain(), plan.network(), http, timeouts);
		this.retry = retry;
		this.progress = progress;
	}

	/**
	 * Start to describe sessions.
	 * @return a builder with the defaults
	 */
	public static SessionClientBuilder builder() {
		return new SessionClientBuilder();
	}

	/**
	 * Start to describe a client that takes up a session that was saved. It needs no key
	 * for that; to top up, to renew or to close, give it the signer.
	 * @param saved the session
	 * @return a builder with all but what is the caller's to say: allowed origins, limits
	 */
	public static SessionClientBuilder builder(SavedSession saved) {
		return builder().signer(SessionSigner.keyless(saved.user()))
			.facilitator(URI.create(saved.facilitator()))
			.network(Network.of(saved.network()))
			.asset(saved.paidWith())
			.recipient(saved.recipient())
			.cap(saved.paidWith().toDecimal(new BigInteger(saved.cap())))
			.expiresIn(Duration.ofHours(1));
	}

	/**
	 * Open a session. Signs one {@code approve} transaction, waits until it is in a
	 * ledger and has it registered by the facilitator; takes a ledger or two, and up to a
	 * few minutes when the network is in trouble. An approval replaces the allowance that
	 * the payer gave to the same facilitator before, so it covers what other sessions of
	 * this process may still spend of it, and ends no earlier than they do.
	 * @return the session
	 * @throws SessionNotOpenedException if nothing was approved
	 * @throws ApprovalUnknownException if the approval was sent and its fate is unknown
	 * @throws SessionNotRegisteredException if the approval took effect and no session
	 * came back from the facilitator
	 */
	public Session open() {
		SessionSupport support = support();
		LiveSessions live = LiveSessions.of(this.plan, support.spender());
		return live.alone(() -> {
			return session(open(this.plan, support, need(live).and(this.plan.cap())));
		});
	}

	/**
	 * Try again to make a session of an approval that was sent already, instead of
	 * signing and paying the fee for another. If its fate is unknown, wait for the
	 * ledger's word first. Signs nothing; the same approval registered twice is the same
	 * session.
	 * @param failure what {@link #open()}, this method or {@link #resume(String)} threw
	 * @return the session
	 * @throws IllegalArgumentException if the approval was made with another payer,
	 * network, asset, recipient or cap than this client's
	 * @throws SessionNotOpenedException if the approval took no effect and never will
	 * @throws ApprovalUnknownException if it is still unknown whether it took effect
	 * @throws SessionNotRegisteredException if again no session came back
	 */
	public Session register(UnregisteredApprovalException failure) {
		Optional<SentApproval> sent = failure.sent();
		return sent.isPresent() ? session(register(this.plan, failure, sent.get()))
				: resume(failure.approvalTransaction());
	}

	/**
	 * Make a session of an approval of which only the hash is known, because the process
	 * that sent it is gone. Looks it up on the chain and signs the proof of ownership
	 * once more; sends nothing to the chain.
	 * @param approvalTransaction the hash of the approval, hex
	 * @return the session
	 * @throws IllegalArgumentException if the transaction is not an approval of this
	 * client's payer to its facilitator, in its asset and for its cap or more
	 * @throws SessionNotOpenedException if the approval took no effect and never will
	 * @throws ApprovalUnknownException if the chain does not know it or does not answer,
	 * or the facilitator does not say which account spends
	 * @throws SessionNotRegisteredException if no session came back
	 */
	public Session resume(String approvalTransaction) {
		SessionResumption resumption = new SessionResumption(this.plan, this.chain, this.facilitator);
		SentApproval sent = resumption.find(approvalTransaction);
		SessionOpening opening = opening(this.plan, new OnChainApproval(this.chain));
		try {
			return session(opening.register(sent));
		}
		catch (SessionNotRegisteredException ex) {
			return session(resumption.withoutKey(sent, ex)
				.flatMap((unkeyed) -> registered(opening, unkeyed, ex))
				.orElseThrow(() -> ex));
		}
	}

	/** The key of the first failure may be the right one, and is not lost. */
	private static Optional<OpenedSession> registered(SessionOpening opening, SentApproval sent,
			SessionNotRegisteredException first) {
		try {
			return Optional.of(opening.register(sent));
		}
		catch (UnregisteredApprovalException ex) {
			first.addSuppressed(ex);
			return Optional.empty();
		}
	}

	/**
	 * Take up a session that was saved. Nothing is sent.
	 * @param saved what {@link Session#save()} returned
	 * @return the session
	 * @throws IllegalArgumentException if it was opened with another facilitator, payer,
	 * network, asset or recipient than this client's
	 */
	public Session restore(SavedSession saved) {
		return session(saved.opened(this.plan));
	}

	/** Open a session in the place of another one. */
	void follow(Session session, BigInteger cap) {
		SessionPlan next = this.plan.withCap(cap);
		SessionSupport support = support();
		LiveSessions live = LiveSessions.of(next, support.spender());
		live.alone(() -> {
			session.closeReplaced();
			// What is under way in the replaced session still takes its part.
			session.use(open(next, support, need(live).and(cap)));
			return session;
		});
	}

	OpenedSession register(UnregisteredApprovalException failure, SentApproval sent) {
		return register(this.plan.withCap(new BigInteger(sent.registration().cap())), failure, sent);
	}

	/**
	 * Have the session closed and leave no allowance but what others need, and what may
	 * still be taken for it: without that its payer would be in default. The facilitator
	 * is told first, for it cannot see from an approval which session it is that ends.
	 * Nothing is signed where it does not say what the session owes.
	 */
	void close(Session session) {
		end(session.id());
		LiveSessions live = session.live();
		live.aloneWithin(CLOSING_TIMEOUT, () -> {
			live.remove(session.holder());
			session.closeReplaced();
			try {
				takeBack(session, live.need(null).and(session.holder().needOnceClosed()));
			}
			catch (FacilitatorException ex) {
				throw new SessionNotClosedException("nothing was signed: " + ex.getMessage(), ex);
			}
		});
	}

	private void takeBack(Session session, AllowanceNeed need) {
		if (this.plan.rpc() == null) {
			try {
				RevocationStrategy strategy = new FacilitatorRevocation(this.plan.closingQuote(session.spender()),
						this.plan.network(), this.facilitator, session.id(), this.retry, this.chain);
				new ApprovalRevocation(this.plan, strategy).approve(session.spender(), need);
				return;
			}
			catch (RevocationNotOfferedException ex) {
				// Then the chain is ours to ask, at the network's public server.
			}
		}
		new ApprovalRevocation(this.plan, new OnChainRevocation(this.chain)).approve(session.spender(), need);
	}

	void end(String sessionId) {
		this.facilitator.close(sessionId);
	}

	/**
	 * How long an approval stands by the network's usual pace, if the chain says how far
	 * it is.
	 */
	Optional<Duration> standing(SentApproval sent) {
		try {
			long left = sent.registration().expirationLedger() - this.chain.latestLedger();
			return Optional.of(Ledgers.last(Math.max(left, 0)));
		}
		catch (ChainException ex) {
			return Optional.empty();
		}
	}

	SessionPlan plan() {
		return this.plan;
	}

	SessionState state(String sessionId) {
		return this.facilitator.state(sessionId).map(SessionState::of).orElseThrow(SessionNotFoundException::new);
	}

	Optional<DeferredPayment> settlement(String commitment) {
		if (!SettleResponse.isCommitment(commitment)) {
			throw new IllegalArgumentException("this is no commitment's id");
		}
		Optional<DeferredPaymentBody> told = this.facilitator.settlement(commitment);
		told.ifPresent(this::count);
		return told.map(DeferredPayment::of);
	}

	/**
	 * A server says which commitment is for a payment, and the facilitator whether. What
	 * was released goes on to count: its server still has the payment, and could have it
	 * settled anew.
	 */
	private void count(DeferredPaymentBody told) {
		String payment = told.payment();
		if (payment != null && told.state() != DeferralStatus.HELD && told.state() != DeferralStatus.RELEASED) {
			this.plan.payments().budget().settled(payment, told.baseUnits());
		}
	}

	private Session session(OpenedSession opened) {
		Session session = new Session(this, opened);
		session.live().add(session.holder());
		return session;
	}

	private OpenedSession open(SessionPlan plan, SessionSupport support, AllowanceNeed need) {
		SessionKeyPair key = key(support);
		if (plan.rpc() == null) {
			try {
				return opening(plan, facilitatorApproval(plan, key)).open(support.spender(), need, key);
			}
			catch (QuoteNotOfferedException ex) {
				// Then the chain is ours to ask, at the network's public server.
			}
		}
		return opening(plan, new OnChainApproval(this.chain)).open(support.spender(), need, key);
	}

	private OpenedSession register(SessionPlan plan, UnregisteredApprovalException failure, SentApproval sent) {
		ApprovalStrategy strategy = sent.leftToFacilitator() ? facilitatorApproval(plan, sent.key())
				: new OnChainApproval(this.chain);
		return opening(plan, strategy).resume(sent, failure.isUnknown());
	}

	private SessionOpening opening(SessionPlan plan, ApprovalStrategy strategy) {
		return new SessionOpening(plan, this.facilitator, strategy, this.retry, this.progress);
	}

	private FacilitatorApproval facilitatorApproval(SessionPlan plan, @Nullable SessionKeyPair key) {
		return new FacilitatorApproval(plan.quote(key), plan.network(), this.facilitator);
	}

	private SessionSupport support() {
		return beforeSigning(() -> this.facilitator.support(this.plan.network()));
	}

	private @Nullable SessionKeyPair key(SessionSupport support) {
		return beforeSigning(() -> this.plan.keys().next(support));
	}

	private static <T extends @Nullable Object> T beforeSigning(Supplier<T> step) {
		try {
			return step.get();
		}
		catch (FacilitatorException ex) {
			throw new SessionNotOpenedException("nothing was signed: " + ex.getMessage(), ex);
		}
	}

	private static AllowanceNeed need(LiveSessions live) {
		try {
			return live.need(null);
		}
		catch (FacilitatorException ex) {
			throw new SessionNotOpenedException(
					"nothing was signed: it is not known what other sessions need: " + ex.getMessage(), ex);
		}
	}

}

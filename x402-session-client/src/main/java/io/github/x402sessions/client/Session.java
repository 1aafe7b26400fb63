package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.client.payment.Payments;
import io.github.x402sessions.client.payment.SessionGrant;
import io.github.x402sessions.client.payment.SessionPayer;
import io.github.x402sessions.client.payment.SpendingRules;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;

/**
 * An open payment session: an allowance on the chain and the facilitator's word to settle
 * calls from it, until its cap or its last ledger. Immutable and thread-safe.
 */
public final class Session {

	private final SessionPlan plan;

	private final String spender;

	private final Registration registration;

	private final String id;

	private final SessionFacilitator facilitator;

	private final Payments payments;

	Session(SessionPlan plan, String spender, Registration registration, RegisteredSession registered,
			SessionFacilitator facilitator) {
		this.plan = plan;
		this.spender = spender;
		this.registration = registration;
		this.id = registered.sessionId();
		this.facilitator = facilitator;
		SessionPayer payer = new SessionPayer(grant(), plan.payments());
		this.payments = new Payments((url, challenge) -> Optional.of(payer), plan.payments());
	}

	private SessionGrant grant() {
		SpendingRules rules = new SpendingRules(this.plan.network().id(), this.plan.asset().id(), recipient(),
				this.spender, this.plan.maxPerCall(), this.plan.origins());
		Duration life = Ledgers.last(this.plan.ledgers());
		Instant expiresAt = this.plan.payments().clock().instant().plus(life);
		return new SessionGrant(this.id, rules, cap().divide(BigInteger.TEN), expiresAt.minus(life.dividedBy(10)),
				expiresAt);
	}

	/**
	 * Create an HTTP client that pays with this session. It answers a 402 by sending the
	 * request once more with a payment if, and only if, the request went to an allowed
	 * origin and the 402 asks for this session's network, asset and recipient and for no
	 * more than the limit per call. Every other 402 is returned as it is. The client
	 * follows no redirects, whatever their target. The body of a paid request is the one
	 * that was sent first: a publisher of known length must be able to publish it twice,
	 * as those of strings, byte arrays and files are, or the request fails; of a body of
	 * unknown length a copy of up to 1 MiB is kept, and a longer one is not paid for.
	 * Cancelling the future of an asynchronous request cancels the exchange under way,
	 * and nothing is paid after it. WebSockets are not supported.
	 * @return a client
	 * @throws IllegalStateException if no origin was allowed
	 */
	public HttpClient httpClient() {
		if (this.plan.origins().isEmpty()) {
			throw new IllegalStateException("this session may be sent nowhere: name the servers it is for "
					+ "with SessionClient.builder().allowedOrigins(…)");
		}
		return this.payments.httpClient();
	}

	/**
	 * Ask the facilitator where the session stands.
	 * @return its state now
	 * @throws SessionNotFoundException if the facilitator does not know it
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if there is no
	 * usable answer
	 */
	public SessionState state() {
		return this.facilitator.state(this.id);
	}

	/**
	 * Return the session's id. It is a bearer token: who has it can spend the session.
	 * @return the id, a secret
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the account that pays.
	 * @return its address
	 */
	public String user() {
		return this.registration.user();
	}

	/**
	 * Return the facilitator's account that spends the allowance.
	 * @return its address
	 */
	public String spender() {
		return this.spender;
	}

	/**
	 * Return what is paid with.
	 * @return the asset
	 */
	public Asset asset() {
		return this.plan.asset();
	}

	/**
	 * Return the only address that the session pays.
	 * @return the address
	 */
	public String recipient() {
		return this.plan.recipient();
	}

	/**
	 * Return the most that the session may spend.
	 * @return the cap in base units
	 */
	public BigInteger cap() {
		return this.plan.cap();
	}

	/**
	 * Return the last ledger in which the session may spend.
	 * @return the ledger's sequence number
	 */
	public long expirationLedger() {
		return this.registration.expirationLedger();
	}

	/**
	 * Return the network.
	 * @return the network
	 */
	public Network network() {
		return this.plan.network();
	}

	/**
	 * Return where the facilitator is.
	 * @return its base URL
	 */
	public URI facilitator() {
		return this.plan.facilitator();
	}

	/**
	 * Return the transaction that approved the allowance.
	 * @return its hash, hex
	 */
	public String approvalTransaction() {
		return this.registration.approvalTxHash();
	}

	@Override
	public String toString() {
		return "Session[id=***, user=" + user() + ", recipient=" + recipient() + ", cap=" + asset().toDecimal(cap())
				+ ", expirationLedger=" + expirationLedger() + "]";
	}

}

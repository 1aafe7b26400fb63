package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.Patience;
import io.github.x402sessions.client.http.JsonHttp;

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

	private final SessionPlan plan;

	private final SessionFacilitator facilitator;

	private final ApprovalChain chain;

	private final RegistrationRetry retry;

	SessionClient(SessionPlan plan, Patience patience, RegistrationRetry retry) {
		JsonHttp http = new JsonHttp(plan.payments().connectTimeout(), plan.readTimeout());
		this.plan = plan;
		this.facilitator = new SessionFacilitator(plan.facilitator(), http);
		this.chain = new ApprovalChain(plan.rpc(), plan.network(), http, patience);
		this.retry = retry;
	}

	/**
	 * Start to describe sessions.
	 * @return a builder with the defaults
	 */
	public static SessionClientBuilder builder() {
		return new SessionClientBuilder();
	}

	/**
	 * Open a session. Signs and sends one {@code approve} transaction, waits until it is
	 * in a ledger and registers it with the facilitator; takes a ledger or two, and up to
	 * a few minutes when the network is in trouble. An approve replaces the allowance
	 * that the payer gave to the same facilitator before.
	 * @return the session
	 * @throws SessionNotOpenedException if nothing was approved
	 * @throws ApprovalUnknownException if the approve was sent and its fate is unknown
	 * @throws SessionNotRegisteredException if the approve took effect and no session
	 * came back from the facilitator
	 */
	public Session open() {
		return opening().open();
	}

	/**
	 * Try again to make a session of an approve that was sent already, instead of signing
	 * and paying the fee for another. If its fate is unknown, wait for the ledger's word
	 * first. Signs nothing and sends nothing to the chain; the same approve registered
	 * twice is the same session.
	 * @param failure what {@link #open()} or this method threw
	 * @return the session
	 * @throws IllegalArgumentException if the approve was made with another payer,
	 * network, asset, recipient or cap than this client's
	 * @throws SessionNotOpenedException if the approve took no effect and never will
	 * @throws ApprovalUnknownException if it is still unknown whether it took effect
	 * @throws SessionNotRegisteredException if again no session came back
	 */
	public Session register(UnregisteredApprovalException failure) {
		return opening().resume(failure);
	}

	private SessionOpening opening() {
		return new SessionOpening(this.plan, this.facilitator, this.chain, this.retry);
	}

}

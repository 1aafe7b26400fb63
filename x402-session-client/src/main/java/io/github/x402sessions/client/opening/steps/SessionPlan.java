package io.github.x402sessions.client.opening.steps;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.client.approval.AllowanceNeed;
import io.github.x402sessions.client.approval.Ledgers;
import io.github.x402sessions.client.approval.SentApproval;
import io.github.x402sessions.client.facilitator.QuoteBody;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of a {@link io.github.x402sessions.client.SessionClient}: what its
 * sessions will be.
 *
 * @param signer who pays
 * @param facilitator the facilitator's base URL
 * @param rpc the chain's JSON-RPC endpoint; {@code null} to leave the chain to the
 * facilitator where it can
 * @param network the network
 * @param asset what is paid with
 * @param recipient the only address that is paid
 * @param cap the most a session may spend, base units
 * @param maxPerCall the most one call may cost, base units
 * @param ledgers for how many ledgers a session lives
 * @param origins where a session id may be sent
 * @param payments how calls are paid
 * @param readTimeout how long an exchange with facilitator or RPC may take
 * @param renewUpTo what a session and those that follow it may spend in all, base units;
 * {@code null} if none follows it
 * @param keys where the keys of sessions come from
 * @param publicOrigins under which origin servers name what is called at another one
 */
public record SessionPlan(SessionSigner signer, URI facilitator, @Nullable URI rpc, Network network, Asset asset,
		String recipient, BigInteger cap, BigInteger maxPerCall, long ledgers, Set<Origin> origins,
		PaymentOptions payments, Duration readTimeout, @Nullable BigInteger renewUpTo, SessionKeySource keys,
		Map<Origin, Origin> publicOrigins) {

	ApprovalTerms approval(String spender, AllowanceNeed need) {
		return new ApprovalTerms(this.signer.accountId(), spender, this.asset.id(), need.amount(), this.ledgers,
				need.lastLedger());
	}

	/** The registration, still without its proof. */
	public RegistrationBody registration(String approvalTransaction, long expirationLedger,
			@Nullable SessionKeyPair key) {
		return new RegistrationBody(approvalTransaction, this.signer.accountId(), this.asset.id(), this.recipient,
				this.cap.toString(), expirationLedger, this.network.id(), null, null,
				(key != null) ? key.publicKey().toString() : null);
	}

	/** The request for an approval that opens the session. */
	public QuoteBody quote(@Nullable SessionKeyPair key) {
		return quote(null, (key != null) ? key.publicKey().toString() : null, null);
	}

	/** The request for an approval that ends one whose allowance a spender has. */
	public QuoteBody closingQuote(String spender) {
		return quote(true, null, spender);
	}

	private QuoteBody quote(@Nullable Boolean closing, @Nullable String sessionKey, @Nullable String spender) {
		return new QuoteBody(this.signer.accountId(), this.asset.id(), this.recipient, this.cap.toString(),
				Ledgers.last(this.ledgers).toSeconds(), this.network.id(), closing, sessionKey, spender);
	}

	/** Whether a session made of an approval would be the one that is planned. */
	boolean fits(SentApproval sent) {
		RegistrationBody made = sent.registration();
		return registration(made.approvalTxHash(), made.expirationLedger(), sent.key()).withProof(made.proof())
			.withTransaction(made.transaction())
			.equals(made);
	}

	/** The same with another cap. */
	public SessionPlan withCap(BigInteger other) {
		return new SessionPlan(this.signer, this.facilitator, this.rpc, this.network, this.asset, this.recipient, other,
				this.maxPerCall, this.ledgers, this.origins, this.payments, this.readTimeout, this.renewUpTo, this.keys,
				this.publicOrigins);
	}

	/** Where the chain is asked when it has to be. */
	public URI chain() {
		return (this.rpc != null) ? this.rpc : URI.create(this.network.defaultRpcUrl());
	}

	/** Without the URLs, whose paths may hold keys. */
	@Override
	public String toString() {
		return "SessionPlan[network=" + this.network + ", asset=" + this.asset + ", recipient=" + this.recipient
				+ ", cap=" + this.cap + ", maxPerCall=" + this.maxPerCall + "]";
	}

}

package io.github.x402sessions.samples.agent.session;

import java.net.URI;

import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.client.opening.OpeningListener;
import io.github.x402sessions.client.opening.OpeningStep;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.jspecify.annotations.Nullable;

/**
 * Tells a keeper what it takes to go on with an opening, before the approval is sent.
 *
 * @param options say what session is opened
 * @param payer opens it
 * @param facilitator the facilitator
 * @param rpc the chain's RPC URL
 * @param network where it pays
 * @param asset what it pays with
 * @param recipient who is paid
 * @param key registered for it, if the facilitator takes keys
 * @param keeper is told
 */
public record KeptOpening(SessionOptions options, PayerKey payer, URI facilitator, URI rpc, Network network,
		Asset asset, String recipient, SessionKeyPair key, OpeningKeeper keeper) implements OpeningListener {

	/** Have a client open its session with this key, and keep that. */
	public SessionClientBuilder of(SessionClientBuilder client) {
		return client.sessionKey(() -> this.key).progress(this);
	}

	@Override
	public void on(OpeningStep step, @Nullable String approve) {
		if (step == OpeningStep.WAITING_FOR_LEDGER && approve != null) {
			boolean keyed = this.options.keys() != SessionKeys.NONE;
			this.keeper.keep(new KeptSession(null,
					new Opening(this.facilitator.toString(), this.rpc.toString(), this.network.id(),
							this.payer.signer().accountId(), this.asset.id(), this.asset.decimals(), this.recipient,
							this.options.cap(), approve, keyed ? this.key.toSecret() : null),
					this.payer.made()));
		}
	}

	@Override
	public String toString() {
		return "KeptOpening[recipient=" + this.recipient + "]";
	}

}

package io.github.x402sessions.samples.agent.funds;

import java.net.URI;

import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.client.SessionWallet;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.session.KeptOpening;
import io.github.x402sessions.samples.agent.session.KeptSession;
import io.github.x402sessions.samples.agent.session.PayerKey;
import io.github.x402sessions.samples.agent.session.SessionFiles;
import io.github.x402sessions.samples.agent.session.SessionOpener;
import io.github.x402sessions.samples.agent.session.SessionOptions;

/**
 * Terms that all sessions of an agent have in common.
 *
 * @param plan the user's limits
 * @param options say what sessions to open
 * @param facilitator the facilitator
 * @param rpc the chain's RPC URL
 * @param payer opens them
 * @param files keep them
 */
record SessionTerms(SpendingPlan plan, SessionOptions options, URI facilitator, URI rpc, PayerKey payer,
		SessionFiles files) {

	/** A wallet with the sessions that are kept. */
	SessionWallet wallet() {
		SessionWallet wallet = new SessionWallet(this.plan.asset().toDecimal(this.plan.total()), this::client);
		for (KeptSession kept : this.files.all()) {
			try {
				wallet.restore(kept.requireSession());
			}
			catch (IllegalArgumentException ex) {
				throw new WrongOptionException("--session", String.valueOf(ex.getMessage()));
			}
		}
		return wallet;
	}

	private SessionClientBuilder client(String recipient) {
		SessionClientBuilder client = SessionClient.builder()
			.signer(this.payer.signer())
			.network(this.plan.network())
			.asset(this.plan.asset())
			.recipient(recipient)
			.cap(this.options.cap())
			.maxPerCall(this.plan.asset().toDecimal(this.plan.maxPrice()))
			.allowedOrigins(this.plan.servers().toArray(URI[]::new))
			.sessionKeys(this.options.keys());
		URI named = this.plan.publicOrigin();
		if (named != null) {
			this.plan.servers().forEach((server) -> client.publicOrigin(server, named));
		}
		SessionOpener.check("--facilitator", () -> client.facilitator(this.facilitator));
		SessionOpener.check("--rpc", () -> client.rpc(this.rpc));
		SessionOpener.check("--expires-in", () -> client.expiresIn(this.options.expiresIn()));
		return new KeptOpening(this.options, this.payer, this.facilitator, this.rpc, this.plan.network(),
				this.plan.asset(), recipient, SessionKeyPair.random(), this.files::begin)
			.of(client);
	}

	@Override
	public String toString() {
		return "SessionTerms[facilitator=" + this.facilitator + "]";
	}

}

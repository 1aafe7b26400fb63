package io.github.x402sessions.samples.agent.session;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.offer.Offer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say what session to open, and whose.
 */
public final class SessionOptions {

	@Option(names = "--cap", paramLabel = "AMOUNT", defaultValue = "1.00",
			description = "The most to spend in all (default: ${DEFAULT-VALUE}).")
	private String cap = "";

	/** In its last hour a facilitator settles nothing later on. */
	@Option(names = "--expires-in", paramLabel = "TIME", defaultValue = "2h", converter = TimeSpan.class,
			description = "How long the session lives, at least 3m: 3600, 30m, 7d or PT1H (default: ${DEFAULT-VALUE}).")
	private Duration expiresIn = Duration.ofHours(2);

	@Option(names = "--facilitator", paramLabel = "URL",
			description = "The facilitator, who may spend what is approved (default: the one that the server names, "
					+ "where both are on this machine).")
	private @Nullable URI facilitator;

	@Option(names = "--rpc", paramLabel = "URL",
			description = "The chain's RPC URL (default: http://localhost:8000/rpc with a facilitator on this "
					+ "machine, else a public one of the network).")
	private @Nullable URI rpc;

	@Option(names = "--secret", paramLabel = "S...", defaultValue = "${env:SESSION_AGENT_SECRET:-}",
			description = "The secret key of the account that pays; better given as SESSION_AGENT_SECRET in the "
					+ "environment (default: a new account where the network is a local one).")
	private String secret = "";

	@Option(names = "--recipient", paramLabel = "G...",
			description = "Who may be paid; must be the one that the server names (default: that one).")
	private @Nullable String recipient;

	@Option(names = "--no-session-key",
			description = "Open a session without a key that signs each payment: who sees a payment can use the session.")
	private boolean withoutKey;

	public String cap() {
		return this.cap;
	}

	/** The most to spend in all, base units. */
	public BigInteger capUnits(Offer offer) {
		return offer.asset().toBaseUnits(this.cap);
	}

	/**
	 * Check that a call fits.
	 * @throws IllegalArgumentException if one costs more than all may
	 */
	public void checkCap(Offer offer) {
		if (offer.price().compareTo(capUnits(offer)) > 0) {
			throw new IllegalArgumentException("a single call costs " + offer.describe(offer.price()));
		}
	}

	public Duration expiresIn() {
		return this.expiresIn;
	}

	/**
	 * Whether payments are signed: wherever the facilitator lets them, unless nobody
	 * wants to.
	 */
	public SessionKeys keys() {
		return this.withoutKey ? SessionKeys.NONE : SessionKeys.PREFERRED;
	}

	public String secret() {
		return this.secret;
	}

	/** The facilitator, if the user names one. */
	public Optional<URI> facilitator() {
		return Optional.ofNullable(this.facilitator);
	}

	/**
	 * The facilitator may spend what is approved, so a server has no say in who it is,
	 * unless all of it happens on this machine.
	 */
	public URI facilitator(Offer offer, URI server) {
		URI named = offer.facilitator();
		if (this.facilitator != null) {
			return this.facilitator;
		}
		if (named == null) {
			throw new WrongOptionException("--facilitator", "is needed: the server does not name its facilitator");
		}
		if (!Loopback.is(named) || !(Loopback.is(server) || isProcess(server))) {
			throw new WrongOptionException("--facilitator", "is needed: a facilitator may spend what is approved, and "
					+ "a server's word is taken for one on this machine only; it names " + named);
		}
		return named;
	}

	/** One that was started here and has no URL. */
	private static boolean isProcess(URI server) {
		return "mcp".equals(server.getScheme());
	}

	public URI rpc(URI facilitator, Network network) {
		return rpc(this.rpc, facilitator, network);
	}

	/** The one that was given, or else what goes with the facilitator. */
	public static URI rpc(@Nullable URI given, URI facilitator, Network network) {
		if (given != null) {
			return given;
		}
		return URI.create(Loopback.is(facilitator) ? "http://localhost:8000/rpc" : network.defaultRpcUrl());
	}

	/** The only one who may be paid, if the user names one. */
	public Optional<String> recipient() {
		return Optional.ofNullable(this.recipient);
	}

	public String recipient(Offer offer) {
		if (this.recipient != null && !this.recipient.equals(offer.recipient())) {
			throw new WrongOptionException("--recipient",
					"the server wants the money to go to " + offer.recipient() + ", not to " + this.recipient);
		}
		return offer.recipient();
	}

}

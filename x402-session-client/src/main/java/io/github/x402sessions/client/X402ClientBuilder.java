package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.exact.ExactPayer;
import io.github.x402sessions.client.payment.exact.ExactRules;
import io.github.x402sessions.client.signing.ContractSigner;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.OwnNetworkRpc;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of an {@link X402Client}. A signer, the limit per call and an
 * allowed origin are required.
 */
public final class X402ClientBuilder {

	private @Nullable SessionSigner signer;

	private @Nullable ContractSigner contract;

	private Network network = Network.STELLAR_TESTNET;

	private @Nullable Asset asset;

	private @Nullable URI rpc;

	private @Nullable String maxPerCall;

	private @Nullable String total;

	private UnaryOperator<SessionClientBuilder> sessions = UnaryOperator.identity();

	private SchemePreference preference = SchemePreference.AUTO;

	private Duration maxTimeout = Duration.ofHours(1);

	private Duration readTimeout = Duration.ofSeconds(30);

	private final Set<String> recipients = new LinkedHashSet<>();

	private final List<URI> origins = new ArrayList<>();

	private final PaymentSettings payments = new PaymentSettings();

	X402ClientBuilder() {
	}

	/**
	 * Set who pays.
	 * @param signer the signer of an account
	 * @return this builder
	 */
	public X402ClientBuilder signer(SessionSigner signer) {
		this.signer = Objects.requireNonNull(signer, "signer");
		return this;
	}

	/**
	 * Set which contract pays by {@code exact}; sessions are an account's.
	 * @param signer the signer of the contract
	 * @return this builder
	 */
	public X402ClientBuilder signer(ContractSigner signer) {
		this.contract = Objects.requireNonNull(signer, "signer");
		return this;
	}

	/**
	 * Set the network; the default is the Stellar test network.
	 * @param network the network
	 * @return this builder
	 */
	public X402ClientBuilder network(Network network) {
		this.network = Objects.requireNonNull(network, "network");
		return this;
	}

	/**
	 * Set what is paid with; the default is the network's USDC.
	 * @param asset an asset with its contract id
	 * @return this builder
	 * @throws IllegalArgumentException if its id is not that of a contract
	 */
	public X402ClientBuilder asset(Asset asset) {
		if (!StellarAddress.isContract(asset.id())) {
			throw new IllegalArgumentException("asset '" + asset.id() + "' is not a contract id (C…)");
		}
		this.asset = asset;
		return this;
	}

	/**
	 * Set the chain's JSON-RPC endpoint; the default is a public server of the network.
	 * @param url an absolute http or https URL
	 * @return this builder
	 * @throws IllegalArgumentException if this is not such a URL
	 */
	public X402ClientBuilder rpc(URI url) {
		Origin.of(url);
		this.rpc = url;
		return this;
	}

	/**
	 * Set the most that one call may cost, by whatever scheme. Required.
	 * @param amount a decimal such as {@code 0.10}, in whole tokens
	 * @return this builder
	 */
	public X402ClientBuilder maxPerCall(String amount) {
		this.maxPerCall = Objects.requireNonNull(amount, "maxPerCall");
		return this;
	}

	/**
	 * Set the most that may be paid within any period of some length, by all schemes
	 * together; by default there is no such limit.
	 * @param amount a decimal such as {@code 5.00}, in whole tokens
	 * @param period the length of the period, such as a day
	 * @return this builder
	 * @throws IllegalArgumentException if the period is not positive
	 */
	public X402ClientBuilder maxPerPeriod(String amount, Duration period) {
		this.payments.maxPerPeriod(amount, period);
		return this;
	}

	/**
	 * Set the longest that a payment by {@code exact} may be good for: what a server asks
	 * for more is not paid. The default is an hour.
	 * @param timeout the time, 1 second to 1 day
	 * @return this builder
	 */
	public X402ClientBuilder maxTimeout(Duration timeout) {
		this.maxTimeout = Amounts.duration(timeout, "maxTimeout");
		return this;
	}

	/**
	 * Add servers that are paid. At least one is needed.
	 * @param urls absolute http or https URLs, of which scheme, host and port count, or
	 * {@code mcp://} and the name of a connection that has no URL
	 * @return this builder
	 * @throws IllegalArgumentException if one is not such a URL
	 */
	public X402ClientBuilder allowedOrigins(URI... urls) {
		for (URI url : urls) {
			Origin.of(url);
			this.origins.add(url);
		}
		return this;
	}

	/**
	 * Add who may be paid by {@code exact}; by default whoever a server at an allowed
	 * origin names.
	 * @param addresses accounts, contracts, or shared accounts ({@code M…})
	 * @return this builder
	 * @throws IllegalArgumentException if one is no such address
	 */
	public X402ClientBuilder recipients(String... addresses) {
		for (String address : addresses) {
			if (!TransferAuthorisations.isRecipient(address)) {
				throw new IllegalArgumentException("a recipient is no Stellar address (G…, C… or M…)");
			}
			this.recipients.add(address);
		}
		return this;
	}

	/**
	 * Set by which scheme to pay where a server takes several; the default is
	 * {@link SchemePreference#AUTO}.
	 * @param preference what is preferred
	 * @return this builder
	 */
	public X402ClientBuilder preference(SchemePreference preference) {
		this.preference = Objects.requireNonNull(preference, "preference");
		return this;
	}

	/**
	 * Let the client open sessions, as a {@link SessionWallet} does.
	 * @param total the most that all sessions together may spend, a decimal in whole
	 * tokens
	 * @param settings adds what a session needs beside this client's own settings: its
	 * facilitator, cap and time
	 * @return this builder
	 */
	public X402ClientBuilder sessions(String total, UnaryOperator<SessionClientBuilder> settings) {
		this.total = Objects.requireNonNull(total, "total");
		this.sessions = Objects.requireNonNull(settings, "settings");
		return this;
	}

	/**
	 * Set who hears of payments, of what was not paid and why.
	 * @param listener the listener
	 * @return this builder
	 */
	public X402ClientBuilder listener(PaymentEventListener listener) {
		this.payments.listener(listener);
		return this;
	}

	/**
	 * Have another payer asked after those of this client.
	 * @param other the payer
	 * @return this builder
	 * @see SessionClientBuilder#payer(Payer)
	 */
	public X402ClientBuilder payer(Payer other) {
		this.payments.payer(other);
		return this;
	}

	/**
	 * Pay only servers that have signed what they offer, with a key that their host
	 * publishes (x402 extension {@code offer-receipt}). By default those that sign
	 * nothing are paid too; one whose signature is wrong never is.
	 * @return this builder
	 */
	public X402ClientBuilder requireSignedOffers() {
		this.payments.requireSignedOffers();
		return this;
	}

	/**
	 * Pay with sessions at once wherever a price was paid with success before.
	 * @return this builder
	 * @see SessionClientBuilder#prepaying()
	 */
	public X402ClientBuilder prepaying() {
		this.payments.prepaying();
		return this;
	}

	/**
	 * Follow up to 5 redirects that stay at the origin of the request.
	 * @return this builder
	 * @see SessionClientBuilder#followingRedirects()
	 */
	public X402ClientBuilder followingRedirects() {
		this.payments.followingRedirects();
		return this;
	}

	/**
	 * Set how long connecting may take; the default is 5 seconds.
	 * @param timeout the time
	 * @return this builder
	 */
	public X402ClientBuilder connectTimeout(Duration timeout) {
		this.payments.connectTimeout(timeout);
		return this;
	}

	/**
	 * Set how long one exchange with the chain or a facilitator may take; the default is
	 * 30 seconds.
	 * @param timeout the time
	 * @return this builder
	 */
	public X402ClientBuilder readTimeout(Duration timeout) {
		this.readTimeout = Amounts.duration(timeout, "readTimeout");
		return this;
	}

	/**
	 * Build the client. Nothing is sent or signed yet.
	 * @return a client
	 * @throws IllegalStateException if a required setting is missing
	 * @throws IllegalArgumentException if an amount is not positive, not a decimal, or
	 * has more decimals than the asset
	 */
	public X402Client build() {
		Asset paidWith = (this.asset != null) ? this.asset : Asset.usdc(this.network);
		if (this.origins.isEmpty()) {
			throw new IllegalStateException(
					"X402Client may pay nowhere: name the servers it is for with allowedOrigins(…)");
		}
		BigInteger limit = Amounts.units(paidWith, required(this.maxPerCall, "maxPerCall"), "maxPerCall");
		PaymentOptions options = this.payments.options(this.network, paidWith);
		SessionWallet wallet = wallet(paidWith, options);
		List<Payer> payers = switch (this.preference) {
			case SESSION -> List.of(required(wallet, "sessions").payer());
			case EXACT -> List.of(exact(paidWith, limit));
			case AUTO -> (wallet != null) ? List.of(wallet.openSessions(), exact(paidWith, limit), wallet.payer())
					: List.of(exact(paidWith, limit));
		};
		List<Payer> others = Stream.concat(payers.stream().skip(1), options.others().stream()).toList();
		return new X402Client(new Payments(payers.get(0), options.withOthers(others)), wallet, this.preference);
	}

	private Payer exact(Asset paidWith, BigInteger limit) {
		Set<Origin> allowed = new LinkedHashSet<>();
		this.origins.forEach((url) -> allowed.add(Origin.of(url)));
		ExactRules rules = new ExactRules(this.network.id(), paidWith, limit, this.recipients, allowed,
				this.maxTimeout);
		URI url = (this.rpc != null) ? this.rpc : URI.create(this.network.defaultRpcUrl());
		StellarRpc node = new OwnNetworkRpc(new HttpStellarRpc(url, this.readTimeout), this.network.passphrase());
		ContractSigner payer = this.contract;
		return (payer != null) ? ExactPayer.of(payer, rules, node)
				: ExactPayer.of(required(this.signer, "signer"), rules, node);
	}

	/** Its sessions pay by the same limits, budget and listener. */
	private @Nullable SessionWallet wallet(Asset paidWith, PaymentOptions options) {
		String most = this.total;
		if (most == null || this.preference == SchemePreference.EXACT) {
			return null;
		}
		SessionSigner payer = required(this.signer, "signer");
		String limit = required(this.maxPerCall, "maxPerCall");
		return new SessionWallet(most, (recipient) -> {
			SessionClientBuilder own = new SessionClientBuilder().signer(payer)
				.network(this.network)
				.asset(paidWith)
				.readTimeout(this.readTimeout);
			if (this.rpc != null) {
				own.rpc(this.rpc);
			}
			return this.sessions.apply(own)
				.recipient(recipient)
				.maxPerCall(limit)
				.allowedOrigins(this.origins.toArray(URI[]::new));
		}, options.withOthers(List.of()));
	}

	private static <T> T required(@Nullable T value, String name) {
		if (value == null) {
			throw new IllegalStateException("X402Client needs a " + name + ": call " + name + "(…)");
		}
		return value;
	}

}

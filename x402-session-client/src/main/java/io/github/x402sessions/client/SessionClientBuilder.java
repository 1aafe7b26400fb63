package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.approval.Ledgers;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.opening.OpeningListener;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.opening.SessionOpeningException;
import io.github.x402sessions.client.opening.steps.SessionKeySource;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link SessionClient}. Signer, facilitator, recipient, cap
 * and expiry are required.
 */
public final class SessionClientBuilder {

	private @Nullable SessionSigner signer;

	private @Nullable URI facilitator;

	private @Nullable String recipient;

	private @Nullable String cap;

	private @Nullable Duration expiresIn;

	private Network network = Network.STELLAR_TESTNET;

	private @Nullable Asset asset;

	private @Nullable URI rpc;

	private @Nullable String renewUpTo;

	private OpeningListener progress = (step, approval) -> {
	};

	private final PaymentSettings payments = new PaymentSettings();

	private Duration readTimeout = Duration.ofSeconds(30);

	private ApprovalTimeouts timeouts = ApprovalTimeouts.DEFAULT;

	private RegistrationRetry retry = RegistrationRetry.DEFAULT;

	private final Set<Origin> origins = new LinkedHashSet<>();

	private final Map<Origin, Origin> publicOrigins = new HashMap<>();

	private SessionKeys keyUse = SessionKeys.PREFERRED;

	private Supplier<SessionKeyPair> keys = SessionKeyPair::random;

	SessionClientBuilder() {
	}

	/**
	 * Set who pays. Required.
	 * @param signer the signer
	 * @return this builder
	 */
	public SessionClientBuilder signer(SessionSigner signer) {
		this.signer = Objects.requireNonNull(signer, "signer");
		return this;
	}

	/**
	 * Set where the facilitator is. Required.
	 * @param url its base URL
	 * @return this builder
	 * @throws IllegalArgumentException if this is not an absolute http or https URL
	 */
	public SessionClientBuilder facilitator(URI url) {
		this.facilitator = FacilitatorOptions.of(url).url();
		return this;
	}

	/**
	 * Set the only address that is paid. Required.
	 * @param address an account or a contract
	 * @return this builder
	 * @throws IllegalArgumentException if this is not a Stellar address
	 */
	public SessionClientBuilder recipient(String address) {
		if (!StellarAddress.isAccount(address) && !StellarAddress.isContract(address)) {
			throw new IllegalArgumentException("recipient '" + address
					+ "' is not a Stellar address (56 characters, G… or C…, with a valid checksum)");
		}
		this.recipient = address;
		return this;
	}

	/**
	 * Set the most a session may spend. Required.
	 * @param amount a decimal such as {@code 1.00}, in whole tokens
	 * @return this builder
	 */
	public SessionClientBuilder cap(String amount) {
		this.cap = Objects.requireNonNull(amount, "cap");
		return this;
	}

	/**
	 * Set how long a session lives. Required. The chain counts in ledgers, so this is
	 * turned into ledgers of 5 seconds; on a network that closes them faster, such as a
	 * test network of one's own, the session ends that much earlier.
	 * @param duration the time, 3 minutes to 175 days: a shorter session would be over,
	 * or as good as, before the facilitator could make it
	 * @return this builder
	 * @throws IllegalArgumentException if the time is out of range
	 */
	public SessionClientBuilder expiresIn(Duration duration) {
		Ledgers.in(duration);
		this.expiresIn = duration;
		return this;
	}

	/**
	 * Set the network; the default is the Stellar test network.
	 * @param network the network
	 * @return this builder
	 */
	public SessionClientBuilder network(Network network) {
		this.network = Objects.requireNonNull(network, "network");
		return this;
	}

	/**
	 * Set what is paid with; the default is the network's USDC.
	 * @param asset an asset with its contract id
	 * @return this builder
	 * @throws IllegalArgumentException if its id is not that of a contract
	 */
	public SessionClientBuilder asset(Asset asset) {
		if (!StellarAddress.isContract(asset.id())) {
			throw new IllegalArgumentException("asset '" + asset.id() + "' is not a contract id (C…)");
		}
		this.asset = asset;
		return this;
	}

	/**
	 * Set the chain's JSON-RPC endpoint to ask and to send approvals to. By default the
	 * facilitator does that, where it makes quotes: it may pay the fee, too, and the
	 * account needs no XLM then. Where it does not, and to close or to resume a session,
	 * the default is a public server of the network.
	 * @param url an absolute http or https URL
	 * @return this builder
	 * @throws IllegalArgumentException if this is not such a URL
	 */
	public SessionClientBuilder rpc(URI url) {
		Origin.of(url);
		this.rpc = url;
		return this;
	}

	/**
	 * Set the most one call may cost that the session pays; the default is the cap.
	 * @param amount a decimal such as {@code 0.10}, in whole tokens
	 * @return this builder
	 */
	public SessionClientBuilder maxPerCall(String amount) {
		this.payments.maxPerCall(amount);
		return this;
	}

	/**
	 * Set the most that may be paid within any period of some length, in addition to cap
	 * and price limit; by default there is no such limit. All sessions of a client share
	 * it, and so do the payers of {@link #payer}. It counts what was agreed to, also
	 * where a server says that it took less. It is counted in the asset of the session:
	 * with such a limit nothing is paid with another asset or on another network.
	 * @param amount a decimal such as {@code 5.00}, in whole tokens
	 * @param period the length of the period, such as a day
	 * @return this builder
	 * @throws IllegalArgumentException if the period is not positive
	 */
	public SessionClientBuilder maxPerPeriod(String amount, Duration period) {
		this.payments.maxPerPeriod(amount, period);
		return this;
	}

	/**
	 * Set who hears of payments, of what was not paid and why, and of warnings that
	 * little money or time is left.
	 * @param listener the listener
	 * @return this builder
	 */
	public SessionClientBuilder listener(PaymentEventListener listener) {
		this.payments.listener(listener);
		return this;
	}

	/**
	 * Pay only servers that have signed what they offer, with a key that their host
	 * publishes (x402 extension {@code offer-receipt}). By default those that sign
	 * nothing are paid too; one whose signature is wrong never is.
	 * @return this builder
	 */
	public SessionClientBuilder requireSignedOffers() {
		this.payments.requireSignedOffers();
		return this;
	}

	/**
	 * Pay at once wherever a price was paid with success before, which saves the round
	 * trip of the 402. Prices are remembered by method, origin and path. When a server
	 * changed its terms, it answers 402 and is paid by them if they are within the rules.
	 * By default every call asks for its price first.
	 * @return this builder
	 */
	public SessionClientBuilder prepaying() {
		this.payments.prepaying();
		return this;
	}

	/**
	 * Follow up to 5 redirects that stay at the origin of the request. Others are the
	 * caller's to judge, and so is one that would need a body again whose length is not
	 * known. A request that is made instead is paid for, if it has to be and nothing was
	 * paid before it. By default no redirect is followed.
	 * @return this builder
	 */
	public SessionClientBuilder followingRedirects() {
		this.payments.followingRedirects();
		return this;
	}

	/**
	 * Add servers that the session may be used at. At least one is needed for
	 * {@link Session#httpClient()}: the session's id is sent nowhere else.
	 * @param urls absolute http or https URLs, of which scheme, host and port count, or
	 * {@code mcp://} and the name of a connection that has no URL
	 * @return this builder
	 * @throws IllegalArgumentException if one is not such a URL
	 */
	public SessionClientBuilder allowedOrigins(URI... urls) {
		for (URI url : urls) {
			this.origins.add(Origin.of(url));
		}
		return this;
	}

	/**
	 * Tell under which origin a server names what is called at another one, such as one
	 * behind a proxy that is called from inside. A session with a key signs what a server
	 * says is called; of another origin than that of the call it does so only where this
	 * says it is the same. Once more for the same origin replaces what was said before.
	 * An MCP server that names its tools {@code mcp://tool/…} though it has a URL is paid
	 * where {@code mcp://tool} is named: what is signed for such a tool could buy the one
	 * of that name, price and recipient at another server.
	 * @param called where requests go to
	 * @param named where the server says that they go to
	 * @return this builder
	 * @throws IllegalArgumentException if one is no absolute http, https or mcp URL
	 */
	public SessionClientBuilder publicOrigin(URI called, URI named) {
		this.publicOrigins.put(Origin.of(called), Origin.of(named));
		return this;
	}

	/**
	 * Set whether sessions have a key, which signs each payment for its call; the default
	 * is {@link SessionKeys#PREFERRED}.
	 * @param use whether they do
	 * @return this builder
	 */
	public SessionClientBuilder sessionKeys(SessionKeys use) {
		this.keyUse = Objects.requireNonNull(use, "use");
		return this;
	}

	/**
	 * Set where the keys of sessions come from, one for each; by default they are random.
	 * Whoever wants to {@link SessionClient#resume(String) resume} an opening in another
	 * process keeps the key: a session that was registered with one has no other.
	 * @param keys makes a key
	 * @return this builder
	 */
	public SessionClientBuilder sessionKey(Supplier<SessionKeyPair> keys) {
		this.keys = Objects.requireNonNull(keys, "keys");
		return this;
	}

	/**
	 * Have another payer asked where an offer is not for a session or there is none, such
	 * as one that pays by another scheme. What the session could pay and does not, by its
	 * limits or because it was stopped, nobody else pays, and nobody pays outside the
	 * {@link #allowedOrigins}; a call with an {@code Idempotency-Key} stays with who paid
	 * for it first. What the other payer pays counts in the budget of
	 * {@link #maxPerPeriod}, which is in the session's asset, and the listener hears of
	 * it. {@link #maxPerCall} is the session's: the other payer has limits of its own.
	 * Those that are added first are asked first.
	 * @param other the payer
	 * @return this builder
	 */
	public SessionClientBuilder payer(Payer other) {
		this.payments.payer(other);
		return this;
	}

	/**
	 * Set how long connecting may take, also for paid requests; the default is 5 seconds.
	 * @param timeout the time
	 * @return this builder
	 */
	public SessionClientBuilder connectTimeout(Duration timeout) {
		this.payments.connectTimeout(timeout);
		return this;
	}

	/**
	 * Set how long one exchange with the facilitator or the RPC server may take; the
	 * default is 30 seconds. Paid requests have the timeout of their own
	 * {@code HttpRequest}.
	 * @param timeout the time
	 * @return this builder
	 */
	public SessionClientBuilder readTimeout(Duration timeout) {
		this.readTimeout = Amounts.duration(timeout, "readTimeout");
		return this;
	}

	/**
	 * Let another session follow by itself whenever little money or time is left, a tenth
	 * of either. Takes the signer's signature every time.
	 * @param total what all of them may spend, a decimal such as {@code 20.00}
	 * @return this builder
	 */
	public SessionClientBuilder renewUpTo(String total) {
		this.renewUpTo = Objects.requireNonNull(total, "renewUpTo");
		return this;
	}

	/**
	 * Set who hears how the opening of a session goes on.
	 * @param listener the listener
	 * @return this builder
	 */
	public SessionClientBuilder progress(OpeningListener listener) {
		this.progress = Objects.requireNonNull(listener, "progress");
		return this;
	}

	/** Pay as other sessions do, by one budget and with one listener. */
	SessionClientBuilder sharing(PaymentOptions options) {
		this.payments.share(options);
		return this;
	}

	/** For tests, which have no time. */
	SessionClientBuilder clock(Clock clock) {
		this.payments.clock(clock);
		return this;
	}

	/** For tests, which have no time. */
	SessionClientBuilder waiting(ApprovalTimeouts timeouts, RegistrationRetry retry) {
		this.timeouts = timeouts;
		this.retry = retry;
		return this;
	}

	/**
	 * Build the client. Nothing is sent yet.
	 * @return a client
	 * @throws IllegalStateException if a required setting is missing
	 * @throws IllegalArgumentException if an amount is not positive, not a decimal, or
	 * has more decimals than the asset
	 */
	public SessionClient build() {
		Asset paidWith = (this.asset != null) ? this.asset : Asset.usdc(this.network);
		BigInteger capUnits = Amounts.units(paidWith, required(this.cap, "cap"), "cap");
		SessionPlan plan = new SessionPlan(required(this.signer, "signer"), required(this.facilitator, "facilitator"),
				this.rpc, this.network, paidWith, required(this.recipient, "recipient"), capUnits,
				this.payments.maxPerCall(paidWith, capUnits), Ledgers.in(required(this.expiresIn, "expiresIn")),
				Set.copyOf(this.origins), this.payments.options(this.network, paidWith), this.readTimeout,
				(this.renewUpTo != null) ? Amounts.units(paidWith, this.renewUpTo, "renewUpTo") : null,
				new SessionKeySource(this.keyUse, this.keys), Map.copyOf(this.publicOrigins));
		return new SessionClient(plan, this.timeouts, this.retry, this.progress);
	}

	/**
	 * Build the client and open a session with it.
	 * @return the session
	 * @throws SessionOpeningException if the session could not be opened
	 * @see SessionClient#open()
	 */
	public Session open() {
		return build().open();
	}

	private static <T> T required(@Nullable T value, String name) {
		if (value == null) {
			throw new IllegalStateException("SessionClient needs a " + name + ": call " + name + "(…)");
		}
		return value;
	}

}

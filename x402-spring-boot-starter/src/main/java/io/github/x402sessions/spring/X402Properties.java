package io.github.x402sessions.spring;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.terms.SettlementTiming;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of the payments that an application asks for.
 *
 * @param enabled whether priced routes are charged; without, they are free
 * @param payTo address that receives the payments
 * @param network network that payments are made on, as a CAIP-2 id
 * @param scheme payment scheme that is asked for
 * @param asset contract id of the asset that prices are in; by default the network's USDC
 * @param assetDecimals number of decimals of an asset other than USDC
 * @param settlement when payments are settled
 * @param maxTimeout how long a client may count on a settlement to take, whole seconds
 * @param facilitator facilitator that verifies and settles
 * @param facilitators further facilitators, for kinds of payment that those before them
 * do not support
 * @param routes priced routes besides the methods annotated with X402Price
 * @param publicBaseUrl URL that clients reach this server at; by default what the request
 * says
 * @param holdBudget how much of an answer is held in memory before it is settled and
 * streamed
 * @param maxPaymentHeaderSize longest payment header that is read
 * @param maxResponseHeaderSize how large the headers of an answer may be; the container's
 * limit
 * @param answers answers that are kept for clients that ask again with the same payment
 * identifier
 * @param keepPaymentHeaders whether handlers see the headers PAYMENT-SIGNATURE and
 * X-PAYMENT, which are as good as money
 * @param service who sells, for catalogues and wallets
 * @param requireIdentifier whether payments have to have a payment identifier, so that
 * clients can ask again without paying again
 * @param requireSignedBody whether payments that are signed by a session's key have to be
 * signed for the request's body too
 * @param signedBodyLimit longest body that is taken with a payment that is signed for it
 * @param signing signatures under offers and receipts
 * @param free calls that cost nothing
 * @param page page that browsers get with a 402
 */
@ConfigurationProperties("x402")
public record X402Properties(@DefaultValue("true") boolean enabled, @Nullable String payTo,
		@DefaultValue("stellar:testnet") String network, @DefaultValue("session") String scheme, @Nullable String asset,
		@Nullable Integer assetDecimals, @DefaultValue("at-commit") SettlementTiming settlement,
		@DefaultValue("300s") Duration maxTimeout, @DefaultValue Facilitator facilitator,
		@DefaultValue List<FurtherFacilitator> facilitators, @DefaultValue List<Route> routes,
		@Nullable String publicBaseUrl, @DefaultValue("256KB") DataSize holdBudget,
		@DefaultValue("8KB") DataSize maxPaymentHeaderSize, @DefaultValue("8KB") DataSize maxResponseHeaderSize,
		@DefaultValue Answers answers, @DefaultValue("false") boolean keepPaymentHeaders, @DefaultValue Service service,
		@DefaultValue("false") boolean requireIdentifier, @DefaultValue("false") boolean requireSignedBody,
		@DefaultValue("10MB") DataSize signedBodyLimit, @DefaultValue Signing signing, @DefaultValue Free free,
		@DefaultValue PaymentPage page) {

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if one is out of range; the message names it
	 */
	public X402Properties {
		requireDuration("x402.max-timeout", maxTimeout, "1s", "1d");
		if (maxTimeout.toNanosPart() != 0) {
			throw new IllegalArgumentException(
					"x402.max-timeout must be whole seconds, which is what clients are told");
		}
		requireBytes("x402.hold-budget", holdBudget, 0);
		requireBytes("x402.max-payment-header-size", maxPaymentHeaderSize, 1024);
		requireBytes("x402.max-response-header-size", maxResponseHeaderSize, 1024);
		requireBytes("x402.signed-body-limit", signedBodyLimit, 0);
	}

	private static void requireDuration(String property, Duration value, String shortest, String longest) {
		if (value.compareTo(DurationStyle.SIMPLE.parse(shortest)) < 0
				|| value.compareTo(DurationStyle.SIMPLE.parse(longest)) > 0) {
			throw new IllegalArgumentException(property + " must be " + shortest + " to " + longest);
		}
	}

	private static void requireBytes(String property, DataSize size, int min) {
		if (size.toBytes() < min || size.toBytes() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(property + " must be " + min + "B to 2047MB");
		}
	}

	/**
	 * The facilitator.
	 *
	 * @param url base URL of the facilitator, absolute, http or https
	 * @param publicUrl URL that clients reach the facilitator at; by default the url
	 * @param authorization value of the Authorization header that is sent to the
	 * facilitator, such as Bearer and a token; a secret
	 * @param connectTimeout how long connecting may take
	 * @param readTimeout how long settling may take in all; verifying waits for at most
	 * 10 seconds of it
	 * @param maxConcurrentVerifies how many payments each facilitator may verify at a
	 * time; by default all of them an eighth of the container's threads, 64 at most
	 * @param maxConcurrentSettles how many payments each facilitator may settle at a
	 * time; by default all of them half as many as the container has threads or, with
	 * virtual threads, connections
	 * @param refreshInterval how long the facilitator's word on what it supports is
	 * believed
	 * @param startWait how long requests that come at start wait for its first word
	 * @param strictStart whether the start fails if the facilitator does not answer or
	 * does not support a route's scheme and network
	 * @param startCheck whether the facilitator is asked once after the start to verify a
	 * payment with nothing in it, which tells whether it knows this server
	 */
	public record Facilitator(@Nullable String url, @Nullable String publicUrl, @Nullable String authorization,
			@DefaultValue("2s") Duration connectTimeout, @DefaultValue("60s") Duration readTimeout,
			@Nullable Integer maxConcurrentVerifies, @Nullable Integer maxConcurrentSettles,
			@DefaultValue("5m") Duration refreshInterval, @DefaultValue("5s") Duration startWait,
			@DefaultValue("false") boolean strictStart, @DefaultValue("true") boolean startCheck) {

		@Override
		public String toString() {
			return "Facilitator[authorization=" + ((this.authorization != null) ? "***" : "none") + "]";
		}

	}

	/**
	 * A further facilitator. Its timeouts are those of the first.
	 *
	 * @param url base URL of the facilitator, absolute, http or https
	 * @param publicUrl URL that clients reach the facilitator at; by default the url
	 * @param authorization value of the Authorization header that is sent to it; a secret
	 */
	public record FurtherFacilitator(@Nullable String url, @Nullable String publicUrl, @Nullable String authorization) {

		@Override
		public String toString() {
			return "FurtherFacilitator[authorization=" + ((this.authorization != null) ? "***" : "none") + "]";
		}

	}

	/**
	 * Answers that are kept.
	 *
	 * @param retention how long an answer is kept; in a shared store at least two leases
	 * @param maxMemory how much memory all of them may take; of a shared store, those
	 * that it has not taken yet
	 * @param store where they are kept; several instances need a store that they share
	 * @param onFailure what becomes of payments with an identifier while a shared store
	 * is out of reach
	 * @param timeout how long a request waits for a shared store at a time
	 * @param lease how long an identifier stays claimed after its instance has died
	 * @param encryptionKey key that answers in a shared store are encrypted with, 32
	 * bytes in base64; a secret. Without, they are not
	 */
	public record Answers(@DefaultValue("10m") Duration retention, @DefaultValue("32MB") DataSize maxMemory,
			@DefaultValue("memory") Store store, @DefaultValue("refuse") OnFailure onFailure,
			@DefaultValue("1s") Duration timeout, @DefaultValue("30s") Duration lease, @Nullable String encryptionKey) {

		/**
		 * Check the fields.
		 * @throws IllegalArgumentException if one is out of range; the message names it
		 */
		public Answers {
			if (retention.toMillis() < 1) {
				throw new IllegalArgumentException("x402.answers.retention must be positive");
			}
			if (maxMemory.toBytes() < 1) {
				throw new IllegalArgumentException("x402.answers.max-memory must be positive");
			}
			requireDuration("x402.answers.timeout", timeout, "10ms", "60s");
			requireDuration("x402.answers.lease", lease, "1s", "1h");
			if (store != Store.MEMORY && retention.compareTo(lease.multipliedBy(2)) < 0) {
				throw new IllegalArgumentException(
						"x402.answers.retention must be at least twice x402.answers.lease, " + "which is " + lease
								+ ", where x402.answers.store is shared: what is forgotten is claimed twice");
			}
		}

		@Override
		public String toString() {
			return "Answers[store=" + this.store + ", encryptionKey=" + ((this.encryptionKey != null) ? "***" : "none")
					+ "]";
		}

		/** The places where answers are kept. */
		public enum Store {

			/** In the memory of each instance. */
			MEMORY,

			/** In Redis. */
			REDIS,

			/** In the application's database. */
			JDBC

		}

		/** The ways of payments while the store is out of reach. */
		public enum OnFailure {

			/** They are refused, and not charged. */
			REFUSE,

			/** They go on as though nobody had come before. */
			FORGET

		}

	}

	/**
	 * The seller.
	 *
	 * @param name the service's name, up to 32 characters of ASCII
	 * @param tags what it is about, up to 5 words of up to 32 characters of ASCII
	 * @param iconUrl absolute http or https URL of a picture
	 */
	public record Service(@Nullable String name, @DefaultValue List<String> tags, @Nullable String iconUrl) {

		public ServiceInfo info() {
			return new ServiceInfo(text(this.name), this.tags, text(this.iconUrl));
		}

	}

	/**
	 * Signatures under offers and receipts.
	 *
	 * @param key key to sign with, 32 bytes in base64url, or file: and the path of a file
	 * that holds it; a secret. Without, nothing is signed
	 * @param did name of the server that publishes the key, such as did:web:shop.example;
	 * by default that of x402.public-base-url
	 * @param otherKeys public keys that are published beside that of the key: earlier
	 * ones, and the next one
	 * @param offerValidity how long an offer is good for
	 * @param nameTransaction whether receipts name the transaction
	 */
	public record Signing(@Nullable String key, @Nullable String did, @DefaultValue List<String> otherKeys,
			@DefaultValue("5m") Duration offerValidity, @DefaultValue("false") boolean nameTransaction) {

		@Override
		public String toString() {
			return "Signing[key=" + ((this.key != null) ? "***" : "none") + ", did=" + this.did + "]";
		}

	}

	/**
	 * Calls that cost nothing.
	 *
	 * @param timeZone where a day of free calls begins and ends
	 */
	public record Free(@DefaultValue("UTC") ZoneId timeZone) {
	}

	/**
	 * The page that browsers get with a 402.
	 *
	 * @param enabled whether people can pay on it; without, it has no script and says
	 * what to do
	 * @param name who sells, up to 64 characters; by default x402.service.name
	 * @param logo picture: a free path of this server such as /logo.svg, or a data: URL
	 * of a picture
	 * @param accent colour of its buttons, such as #0b5cad
	 * @param devnetUrl base URL of a devnet, whose faucet fills wallets that the page
	 * makes
	 */
	public record PaymentPage(@DefaultValue("true") boolean enabled, @Nullable String name, @Nullable String logo,
			@Nullable String accent, @Nullable String devnetUrl) {
	}

	/**
	 * A priced route. What it leaves out of its terms is what x402 says.
	 *
	 * @param path path pattern in Spring's syntax, within the context path
	 * @param method HTTP method that is charged; by default all; a CORS preflight never
	 * is
	 * @param price price of a call in whole tokens, as a decimal
	 * @param scheme payment scheme
	 * @param network network as a CAIP-2 id
	 * @param asset contract id of the asset
	 * @param assetDecimals number of decimals of the asset
	 * @param payTo address that is paid
	 * @param accepts more ways to pay, the preferred first
	 * @param settlement when payments are settled
	 * @param description what is sold, for people
	 * @param mimeType media type of the answer
	 * @param chargeOn statuses of answers that cost, such as 2xx, 200-206 or 422, and
	 * with 200 always 206; by default all below 400 except 304
	 * @param requireIdentifier whether payments have to have a payment identifier; by
	 * default what x402 says
	 * @param declaration location of a JSON file with what catalogues are told of the
	 * call: info, schema and, for a path with variables, routeTemplate; by default
	 * nothing
	 * @param freeFor who pays nothing, as an expression of Spring Security's for
	 * requests, such as hasRole('MEMBER'); by default nobody
	 * @param freePerDay how many calls a day each caller has for nothing
	 */
	public record Route(@Nullable String path, @Nullable String method, @Nullable String price, @Nullable String scheme,
			@Nullable String network, @Nullable String asset, @Nullable Integer assetDecimals, @Nullable String payTo,
			@DefaultValue List<Accept> accepts, @Nullable SettlementTiming settlement, @Nullable String description,
			@Nullable String mimeType, @DefaultValue List<String> chargeOn, @Nullable Boolean requireIdentifier,
			@Nullable String declaration, @Nullable String freeFor, @DefaultValue("0") int freePerDay) {

		public List<TermsDefinition> terms(String place) {
			List<TermsDefinition> terms = new ArrayList<>();
			TermsDefinition own = new TermsDefinition(place, this.price, text(this.scheme), text(this.network),
					text(this.asset), this.assetDecimals, text(this.payTo));
			if (StringUtils.hasText(this.price) || this.accepts.isEmpty() || !own.isCommon()) {
				terms.add(own);
			}
			for (int i = 0; i < this.accepts.size(); i++) {
				terms.add(this.accepts.get(i).terms(place + ".accepts[" + i + "]"));
			}
			return terms;
		}

	}

	/**
	 * One of several ways to pay for a route.
	 *
	 * @param price price of a call in whole tokens, as a decimal
	 * @param scheme payment scheme
	 * @param network network as a CAIP-2 id
	 * @param asset contract id of the asset
	 * @param assetDecimals number of decimals of the asset
	 * @param payTo address that is paid
	 */
	public record Accept(@Nullable String price, @Nullable String scheme, @Nullable String network,
			@Nullable String asset, @Nullable Integer assetDecimals, @Nullable String payTo) {

		public TermsDefinition terms(String place) {
			return new TermsDefinition(place, this.price, text(this.scheme), text(this.network), text(this.asset),
					this.assetDecimals, text(this.payTo));
		}

	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

}

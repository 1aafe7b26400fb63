package io.github.x402sessions.core.offer;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.gate.ChallengeExtension;
import io.github.x402sessions.core.gate.ReceiptExtension;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what a server offers and what it was paid for, and publishes its key. The same
 * offer is signed anew once half of its time is over. What cannot be signed is sent
 * unsigned, and whoever watches is told. Thread-safe.
 */
public final class OfferSigner {

	/** Told of an offer that could not be signed. */
	public static final String OFFER = "offer";

	/** Told of a receipt that could not be signed. */
	public static final String RECEIPT = "receipt";

	private static final Logger logger = LoggerFactory.getLogger(OfferSigner.class);

	private static final Duration SHORTEST = Duration.ofSeconds(10);

	private static final Duration LONGEST = Duration.ofDays(30);

	private static final long MAX_CHARACTERS = 1024L * 1024;

	private final DidWeb did;

	private final BiFunction<String, byte[], String> signature;

	private final String kid;

	private final byte[] document;

	private final Duration validity;

	private final boolean withTransaction;

	private final Clock clock;

	private final SigningFailureListener failures;

	private final Cache<Offered, Map<String, @Nullable Object>> signed;

	OfferSigner(OfferSignerBuilder settings, BiFunction<String, byte[], String> signature) {
		this.did = settings.did;
		this.signature = signature;
		this.kid = DidDocument.id(settings.did, settings.key.publicKey());
		this.document = DidDocument.write(settings.did,
				Stream.concat(Stream.of(settings.key.publicKey()), settings.otherKeys.stream()).toList());
		this.validity = settings.validity;
		if (this.validity.compareTo(SHORTEST) < 0 || this.validity.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("an offer is good for 10 seconds to 30 days");
		}
		this.withTransaction = settings.withTransaction;
		this.clock = settings.clock;
		this.failures = settings.failures;
		this.signed = Caffeine.newBuilder()
			.maximumWeight(MAX_CHARACTERS)
			.weigher((Offered offered, Map<String, @Nullable Object> extension) -> (offered.url().length() + 1000)
					* offered.accepts().size())
			.expireAfterWrite(this.validity.dividedBy(2))
			.ticker(() -> Duration.ofMillis(this.clock.millis()).toNanos())
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Begin to set one up.
	 * @param did the name of the server, whose host is that of what it sells
	 * @param key the key that it signs with
	 * @return a builder
	 */
	public static OfferSignerBuilder builder(DidWeb did, OfferKey key) {
		return new OfferSignerBuilder(Objects.requireNonNull(did, "did"), Objects.requireNonNull(key, "key"));
	}

	/**
	 * Return the name of the server.
	 * @return the name, whose {@link DidWeb#documentPath()} the document is expected at
	 */
	public DidWeb did() {
		return this.did;
	}

	/**
	 * Return the document that the server has to publish.
	 * @return JSON in UTF-8
	 */
	public byte[] document() {
		return this.document.clone();
	}

	/**
	 * Return what adds signed offers to challenges.
	 * @return an extension for a payment gate
	 */
	public ChallengeExtension offers() {
		return new Offers();
	}

	/**
	 * Return what adds signed receipts to those of settlements.
	 * @return an extension for a payment gate
	 */
	public ReceiptExtension receipts() {
		return new Receipts();
	}

	private Map<String, @Nullable Object> sign(Offered offered) {
		long validUntil = this.clock.instant().plus(this.validity).getEpochSecond();
		List<SignedOffer> offers = new ArrayList<>();
		for (PaymentRequirements terms : offered.accepts()) {
			offers.add(new SignedOffer(OfferReceipt.JWS, offers.size(), null,
					sign(new OfferTerms(OfferReceipt.VERSION, offered.url(), terms.scheme(), terms.network(),
							terms.asset(), terms.payTo(), terms.amount(), validUntil))));
		}
		return WrittenExtension.ofOffers(offers);
	}

	private String sign(Object content) {
		Map<?, ?> members = WireJson.read(WireJson.write(content), Map.class);
		return this.signature.apply(this.kid, WireJson.write(new TreeMap<>(members)));
	}

	private Optional<Map<String, @Nullable Object>> tried(String what,
			Supplier<Optional<Map<String, @Nullable Object>>> signing) {
		try {
			return signing.get();
		}
		catch (RuntimeException ex) {
			logger.error("A signed {} is left out, because it could not be signed", what, ex);
			this.failures.failed(what);
			return Optional.empty();
		}
	}

	private static Optional<String> named(@Nullable String text) {
		return Optional.ofNullable(text).filter((name) -> !name.isBlank());
	}

	/**
	 * Terms that are signed together.
	 *
	 * @param url the URL of what is sold
	 * @param accepts the ways to pay for it
	 */
	private record Offered(String url, List<PaymentRequirements> accepts) {
	}

	private final class Offers implements ChallengeExtension {

		@Override
		public String name() {
			return OfferReceipt.EXTENSION;
		}

		@Override
		public boolean isDynamic() {
			return true;
		}

		@Override
		public Optional<Map<String, @Nullable Object>> of(PricedRoute route, PaymentRequired challenge) {
			Offered offered = new Offered(challenge.resource().url(), challenge.accepts());
			return tried(OFFER, () -> Optional.of(OfferSigner.this.signed.get(offered, OfferSigner.this::sign)));
		}

	}

	private final class Receipts implements ReceiptExtension {

		@Override
		public String name() {
			return OfferReceipt.EXTENSION;
		}

		@Override
		public Optional<Map<String, @Nullable Object>> of(PaymentRequired challenge, SettleResponse receipt) {
			return tried(RECEIPT, () -> named(receipt.payer()).map((payer) -> {
				String transaction = OfferSigner.this.withTransaction ? named(receipt.transaction()).orElse(null)
						: null;
				ReceiptStatement statement = new ReceiptStatement(OfferReceipt.VERSION, receipt.network(),
						challenge.resource().url(), payer, OfferSigner.this.clock.instant().getEpochSecond(),
						transaction);
				return WrittenExtension.ofReceipt(new SignedReceipt(OfferReceipt.JWS, null, sign(statement)));
			}));
		}

	}

}

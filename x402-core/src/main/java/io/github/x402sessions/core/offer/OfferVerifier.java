package io.github.x402sessions.core.offer;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of servers: whether a key has signed, and whether that key speaks
 * for what is sold, which only the {@code did:web} document of the same host says. A key
 * that comes along with what it has signed proves nothing. Thread-safe.
 */
public final class OfferVerifier {

	/** Clocks differ. */
	private static final Duration SKEW = Duration.ofSeconds(60);

	private static final Set<String> WEB = Set.of("http", "https");

	private final DidKeys keys;

	/**
	 * Create a verifier.
	 * @param keys finds the keys of servers
	 */
	public OfferVerifier(DidKeys keys) {
		this.keys = keys;
	}

	/**
	 * Check a signed offer.
	 * @param offer the offer
	 * @param called the URL that was called, whose server has to be the one that sells;
	 * {@code null} if that is not known
	 * @param at when it has to be good
	 * @return its terms, or what is wrong
	 */
	public SignatureFinding<OfferTerms> check(SignedOffer offer, @Nullable URI called, Instant at) {
		SignatureFinding<OfferTerms> check = check(offer.format(), offer.signature(),
				new Kind<>(OfferTerms.class, OfferTerms::version, OfferTerms::resourceUrl), called);
		OfferTerms terms = check.content();
		if (terms == null || terms.validUntil() == null || terms.validUntil() == 0) {
			return check;
		}
		return (at.getEpochSecond() - SKEW.toSeconds() > terms.validUntil())
				? SignatureFinding.wrong("it was good until " + terms.validUntil() + " (Unix seconds)") : check;
	}

	/**
	 * Check a signed receipt.
	 * @param receipt the receipt
	 * @param called the URL that was called, or {@code null} if that is not known
	 * @param at when it was received
	 * @return what it states, or what is wrong
	 */
	public SignatureFinding<ReceiptStatement> check(SignedReceipt receipt, @Nullable URI called, Instant at) {
		SignatureFinding<ReceiptStatement> check = check(receipt.format(), receipt.signature(),
				new Kind<>(ReceiptStatement.class, ReceiptStatement::version, ReceiptStatement::resourceUrl), called);
		ReceiptStatement statement = check.content();
		return (statement != null && statement.issuedAt() - SKEW.toSeconds() > at.getEpochSecond())
				? SignatureFinding.wrong("it is of a later time than it was received") : check;
	}

	private <T> SignatureFinding<T> check(String format, String signature, Kind<T> kind, @Nullable URI called) {
		if (!OfferReceipt.JWS.equals(format)) {
			return SignatureFinding
				.unverified("eip712".equals(format) ? "not verified: eip712" : "not verified: format");
		}
		try {
			CompactJws jws = CompactJws.read(signature);
			if (!CompactJws.EDDSA.equals(jws.header().alg())) {
				return SignatureFinding.unverified("not verified: algorithm");
			}
			T content = jws.payload(kind.type());
			if (kind.version().apply(content) != OfferReceipt.VERSION) {
				return SignatureFinding.unverified("not verified: version");
			}
			return check(jws, content, kind.resource().apply(content), called);
		}
		catch (MalformedMessageException ex) {
			return SignatureFinding.wrong("it cannot be read: " + ex.getMessage());
		}
	}

	private <T> SignatureFinding<T> check(CompactJws jws, T content, String resource, @Nullable URI called) {
		Optional<DidWeb> did = did(jws.header().kid());
		Optional<URI> service = service(resource, called);
		if (did.isEmpty()) {
			return SignatureFinding.unverified("not verified: its key is not named by did:web");
		}
		if (service.isEmpty()) {
			return SignatureFinding.unverified("not verified: what is sold is at no host");
		}
		if (called != null && !isSameHost(service.get(), called)) {
			return SignatureFinding.unverified("not verified: it is of another host than the one that was called");
		}
		if (!did.get().speaksFor(service.get())) {
			return SignatureFinding.wrong("its key does not speak for what is sold");
		}
		return check(jws, content, did.get(), service.get());
	}

	private <T> SignatureFinding<T> check(CompactJws jws, T content, DidWeb did, URI service) {
		Optional<Ed25519PublicKey> carried = Optional.empty();
		if (jws.header().jwk() != null) {
			try {
				carried = Optional.of(Ed25519PublicKey.ofJwk(jws.header().jwk()));
			}
			catch (IllegalArgumentException ex) {
				return SignatureFinding.wrong("the key in its header is none");
			}
		}
		if (carried.filter((key) -> !jws.isSignedBy(key)).isPresent()) {
			return SignatureFinding.wrong("its signature is not that of the key in its header");
		}
		Optional<Ed25519PublicKey> published;
		try {
			published = this.keys.find(did, String.valueOf(jws.header().kid()), service);
		}
		catch (DidUnavailableException ex) {
			return SignatureFinding.unverified("not verified: " + ex.getMessage());
		}
		if (published.isEmpty()) {
			return SignatureFinding.wrong("the host does not publish its key");
		}
		if (carried.isPresent() && !carried.equals(published)) {
			return SignatureFinding.wrong("the key in its header is not the one that the host publishes");
		}
		return jws.isSignedBy(published.get()) ? SignatureFinding.holds(content)
				: SignatureFinding.wrong("its signature is not that of its key");
	}

	private static Optional<DidWeb> did(@Nullable String kid) {
		int fragment = (kid != null) ? kid.indexOf('#') : -1;
		if (kid == null || fragment < 0) {
			return Optional.empty();
		}
		try {
			return Optional.of(DidWeb.parse(kid.substring(0, fragment)));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** What has no host, such as a tool, is sold by the server that was called. */
	private static Optional<URI> service(String resource, @Nullable URI called) {
		try {
			URI named = URI.create(resource);
			return isWeb(named) ? Optional.of(named) : Optional.ofNullable(called).filter(OfferVerifier::isWeb);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static boolean isWeb(URI url) {
		return url.getScheme() != null && WEB.contains(url.getScheme().toLowerCase(Locale.ROOT))
				&& url.getHost() != null;
	}

	/** A proxy may be what speaks TLS. */
	private static boolean isSameHost(URI service, URI called) {
		return service.getHost().equalsIgnoreCase(called.getHost());
	}

	/**
	 * One kind of what is signed.
	 *
	 * @param <T> what it is read as
	 * @param type its class
	 * @param version tells its version
	 * @param resource tells what is sold
	 */
	private record Kind<T>(Class<T> type, Function<T, Integer> version, Function<T, String> resource) {
	}

}

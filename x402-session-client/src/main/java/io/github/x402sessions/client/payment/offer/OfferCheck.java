package io.github.x402sessions.client.payment.offer;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.offer.HttpDidKeys;
import io.github.x402sessions.core.offer.OfferReceipt;
import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.OfferVerifier;
import io.github.x402sessions.core.offer.ReceiptStatement;
import io.github.x402sessions.core.offer.SignatureFinding;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Checks what servers have signed before they are paid, and what they sign afterwards. A
 * server that signs nothing is paid unless signatures are required, and so is one whose
 * signature cannot be checked; one whose signature is wrong is not. Remembers the keys of
 * servers. Thread-safe.
 */
public final class OfferCheck {

	private final OfferVerifier asking;

	private final OfferVerifier remembering;

	private final Clock clock;

	private final boolean required;

	/**
	 * Create a check that fetches keys where their servers publish them.
	 * @param clock tells the time
	 * @param required whether nobody is paid whose signature does not hold
	 */
	public OfferCheck(Clock clock, boolean required) {
		HttpDidKeys keys = new HttpDidKeys();
		this.asking = new OfferVerifier(keys);
		this.remembering = new OfferVerifier(keys.remembered());
		this.clock = clock;
		this.required = required;
	}

	/**
	 * Tell whether there is anything to check.
	 * @param challenge what a server asks
	 * @return whether it was signed, or has to be
	 */
	public boolean concerns(PaymentRequired challenge) {
		return this.required || isSigned(challenge);
	}

	private static boolean isSigned(PaymentRequired challenge) {
		return challenge.extensions() != null && challenge.extensions().containsKey(OfferReceipt.EXTENSION);
	}

	/**
	 * Check an offer without asking anybody.
	 * @param challenge what a server asks
	 * @param accepted the way to pay that was chosen
	 * @param called the URL that was called
	 * @return whether the server may be paid; empty if its key has to be asked for first
	 */
	public Optional<OfferVerdict> known(PaymentRequired challenge, PaymentRequirements accepted, URI called) {
		SignatureFinding<OfferTerms> check = check(this.remembering, challenge, accepted, called, now());
		return (check != null && check.standing() == SignatureFinding.Standing.UNVERIFIED) ? Optional.empty()
				: Optional.of(verdict(check));
	}

	/**
	 * Check an offer, which may take as long as fetching the server's key does.
	 * @param challenge what a server asks
	 * @param accepted the way to pay that was chosen
	 * @param called the URL that was called
	 * @return whether the server may be paid
	 */
	public OfferVerdict verdict(PaymentRequired challenge, PaymentRequirements accepted, URI called) {
		return verdict(check(this.asking, challenge, accepted, called, now()));
	}

	private OfferVerdict verdict(@Nullable SignatureFinding<OfferTerms> check) {
		if (check == null) {
			return this.required ? new OfferVerdict("the server has signed no offer") : OfferVerdict.FINE;
		}
		return switch (check.standing()) {
			case HOLDS -> OfferVerdict.FINE;
			case WRONG -> new OfferVerdict("the signed offer is wrong: " + check.why());
			case UNVERIFIED ->
				this.required ? new OfferVerdict("the signed offer is " + check.why()) : OfferVerdict.FINE;
		};
	}

	/** Nothing where nothing was signed. */
	private static @Nullable SignatureFinding<OfferTerms> check(OfferVerifier verifier, PaymentRequired challenge,
			PaymentRequirements accepted, URI called, Instant at) {
		if (!isSigned(challenge)) {
			return null;
		}
		List<SignedOffer> offers = SignedOffer.in(challenge.extensions());
		return find(offers, challenge, accepted).map((offer) -> verifier.check(offer, called, at))
			.orElseGet(
					() -> offers.stream().noneMatch((offer) -> offer.claim().isPresent()) ? unreadable() : differing());
	}

	private static SignatureFinding<OfferTerms> unreadable() {
		return new SignatureFinding<>(SignatureFinding.Standing.UNVERIFIED, null, "not verified: it cannot be read");
	}

	private static SignatureFinding<OfferTerms> differing() {
		return new SignatureFinding<>(SignatureFinding.Standing.WRONG, null, "its terms are not those that are asked");
	}

	private static Optional<SignedOffer> find(List<SignedOffer> offers, PaymentRequired challenge,
			PaymentRequirements accepted) {
		return offers.stream()
			.filter((offer) -> offer.claim()
				.filter((terms) -> terms.isOf(accepted) && terms.resourceUrl().equals(challenge.resource().url()))
				.isPresent())
			.findFirst();
	}

	/**
	 * Collect what was signed for a payment, and say what is known of it without asking
	 * anybody.
	 * @param challenge what was paid
	 * @param accepted the way to pay that was chosen
	 * @param called the URL that was called
	 * @param paidAt when the payment was made
	 * @param receipt the extensions of the server's receipt
	 * @return the evidence
	 */
	public SignedEvidence evidence(PaymentRequired challenge, PaymentRequirements accepted, URI called, Instant paidAt,
			Map<String, @Nullable Object> receipt) {
		SignedOffer offer = find(SignedOffer.in(challenge.extensions()), challenge, accepted).orElse(null);
		SignedReceipt signed = SignedReceipt.in(receipt).orElse(null);
		if (offer == null && signed == null) {
			return SignedEvidence.NONE;
		}
		return new SignedEvidence(offer, (offer != null) ? this.remembering.check(offer, called, paidAt) : null, signed,
				(signed != null) ? check(signed, challenge, accepted, called) : null);
	}

	private SignatureFinding<ReceiptStatement> check(SignedReceipt signed, PaymentRequired challenge,
			PaymentRequirements accepted, URI called) {
		SignatureFinding<ReceiptStatement> check = this.remembering.check(signed, called, now());
		ReceiptStatement statement = check.content();
		boolean other = statement != null && (!statement.resourceUrl().equals(challenge.resource().url())
				|| !statement.network().equals(accepted.network()));
		return other ? new SignatureFinding<>(SignatureFinding.Standing.WRONG, null, "it is for something else")
				: check;
	}

	/**
	 * Tell the time.
	 * @return now
	 */
	public Instant now() {
		return this.clock.instant();
	}

}

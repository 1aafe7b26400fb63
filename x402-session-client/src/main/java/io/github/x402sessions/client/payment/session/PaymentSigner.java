package io.github.x402sessions.client.payment.session;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;

/**
 * Signs the payments of a session with its key, each for one call: what a server says is
 * called, as long as it says so of its own origin.
 *
 * @param key the session's key
 * @param approval the hash of the session's approve, hex
 * @param publicOrigins under which origin servers name what is called at another one
 */
public record PaymentSigner(SessionKeyPair key, String approval, Map<Origin, Origin> publicOrigins) {

	/**
	 * For how long a payment may be used at most: long enough for a request to reach the
	 * facilitator, too short for anybody who finds it in a log.
	 */
	private static final Duration VALIDITY = Duration.ofSeconds(60);

	/**
	 * Keep a copy of the origins, and the hash as it is signed.
	 */
	public PaymentSigner {
		publicOrigins = Map.copyOf(publicOrigins);
		approval = approval.toLowerCase(Locale.ROOT);
	}

	/**
	 * State what is paid for.
	 * @throws IllegalArgumentException if the server's URL cannot be signed
	 */
	PaymentStatement statement(PaymentOffer offer, PaymentRequirements accepted, Instant now) {
		long seconds = Math.min(accepted.maxTimeoutSeconds(), VALIDITY.toSeconds());
		return new PaymentStatement(accepted.network(), accepted.asset(), accepted.payTo(),
				accepted.baseUnits().toString(), this.approval, offer.method(), offer.challenge().resource().url(),
				offer.identifier().id(), now.getEpochSecond() + seconds, offer.body().get());
	}

	/**
	 * Whether a server names what was called at its own origin, or at the one that its
	 * caller knows it by: a signature for another origin is a payment of somebody else's
	 * call. Tools that are named without a server are all of one origin, so it has to be
	 * the tool that was called.
	 */
	boolean isOfItsOwnOrigin(PaymentOffer offer) {
		Origin called = Origin.of(offer.url());
		try {
			URI named = URI.create(offer.challenge().resource().url());
			Origin origin = Origin.of(named);
			return named.getRawUserInfo() == null
					&& (called.isNamed(origin) || origin.equals(this.publicOrigins.get(called)))
					&& (!origin.isOfTools() || isCalled(offer, named));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isCalled(PaymentOffer offer, URI tool) {
		return offer.method().equals(BodyHash.UNKNOWN) && tool.getRawQuery() == null && tool.getRawFragment() == null
				&& ("/" + offer.url().getFragment()).equals(tool.getPath());
	}

	PaymentSignature sign(PaymentStatement statement) {
		return new PaymentSignature(statement.method(), statement.body(), statement.validUntil(),
				this.key.sign(statement.text()));
	}

}

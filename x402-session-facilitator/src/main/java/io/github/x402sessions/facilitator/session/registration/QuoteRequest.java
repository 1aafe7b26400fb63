package io.github.x402sessions.facilitator.session.registration;

import java.time.Duration;
import java.util.Objects;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import org.jspecify.annotations.Nullable;

/**
 * A request for a quote, by somebody who wants to open a session, or to end one, and
 * leaves the building of the approval to the facilitator.
 *
 * @param user who will pay: an account, or a contract
 * @param asset the asset's contract
 * @param recipient who is to be paid; not for closing
 * @param cap the most that may be paid, base units as a decimal string; not for closing
 * @param expirationLedger the last ledger of the approval; or else
 * @param expiresIn about how long the session is to last, seconds
 * @param network the network as a CAIP-2 id
 * @param source the account that is to send the approval; only where a contract pays,
 * which cannot
 * @param closing {@code true} to take an allowance back as far as no session needs it
 * @param sessionKey the key whose holder is to sign each payment, as for a registration;
 * optional, not for closing
 * @param spender whose allowance is to be taken back, one of this facilitator's;
 * optional, only for closing
 */
public record QuoteRequest(String user, String asset, @Nullable String recipient, @Nullable String cap,
		@Nullable Long expirationLedger, @Nullable Long expiresIn, String network, @Nullable String source,
		@Nullable Boolean closing, @Nullable String sessionKey, @Nullable String spender) {

	private static final long LONGEST = 0xffff_ffffL;

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public QuoteRequest {
		RegistrationRequest.required(user, "user");
		RegistrationRequest.required(asset, "asset");
		if (!Boolean.TRUE.equals(closing)) {
			RegistrationRequest.required(recipient, "recipient");
			RegistrationRequest.required(cap, "cap");
		}
		RegistrationRequest.required(network, "network");
		if ((expirationLedger == null) == (expiresIn == null)) {
			throw new MalformedMessageException("give 'expirationLedger' or 'expiresIn'");
		}
		if (expiresIn != null && (expiresIn <= 0 || expiresIn > LONGEST)) {
			throw new MalformedMessageException("'expiresIn' must be a positive number of seconds");
		}
	}

	boolean isClosing() {
		return Boolean.TRUE.equals(this.closing);
	}

	/** Return who is to be paid by the session that is to be opened. */
	String requireRecipient() {
		return Objects.requireNonNull(this.recipient);
	}

	/** Return the most that may be paid with the session that is to be opened. */
	String requireCap() {
		return Objects.requireNonNull(this.cap);
	}

	/** Return the account that sends the approval. */
	String sender() {
		return Objects.requireNonNullElse(this.source, this.user);
	}

	/** Return the last ledger of the approval. */
	long lastLedger(long latestLedger) {
		return (this.expiresIn != null) ? latestLedger + LedgerTime.ledgers(Duration.ofSeconds(this.expiresIn))
				: Objects.requireNonNull(this.expirationLedger);
	}

}

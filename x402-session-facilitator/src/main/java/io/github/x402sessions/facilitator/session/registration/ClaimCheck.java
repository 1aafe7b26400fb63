package io.github.x402sessions.facilitator.session.registration;

import java.math.BigInteger;
import java.util.regex.Pattern;

import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.scheme.session.SessionKey;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.evidence.SignatureVerifier;
import io.github.x402sessions.stellar.account.AccountKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks of claims without asking the chain: whether they are well formed and within the
 * operator's rules. Each refusal names the field.
 */
public final class ClaimCheck {

	private static final Pattern CAP = Pattern.compile("[0-9]{1,19}");

	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	private static final long LAST_LEDGER = 0xffff_ffffL;

	private ClaimCheck() {
	}

	static void parties(String network, String user, String asset, String recipient, SessionRules rules) {
		payer(network, user, asset, rules);
		require(isAddress(recipient), "'recipient' is not a Stellar address");
		require(!rules.knows(recipient) && !recipient.equals(asset),
				"'recipient' must not be this facilitator or the asset");
		require(!recipient.equals(user), "'recipient' must not be the user");
		require(rules.serves(recipient), "'recipient' is not served by this facilitator");
	}

	static void payer(String network, String user, String asset, SessionRules rules) {
		require(network.equals(rules.network()), "'network' must be " + rules.network());
		require(isAddress(user), "'user' is not a Stellar address");
		require(rules.assets().contains(asset), "'asset' is not on this facilitator's list");
		require(!rules.knows(user), "'user' must not be this facilitator");
	}

	/** Return the cap in base units. */
	static BigInteger cap(String text) {
		require(CAP.matcher(text).matches(), "'cap' must be a whole number of base units");
		BigInteger cap = new BigInteger(text);
		require(cap.signum() > 0 && cap.compareTo(LARGEST) <= 0, "'cap' is out of range");
		return cap;
	}

	static void expirationLedger(long ledger) {
		require(ledger > 0 && ledger <= LAST_LEDGER, "'expirationLedger' is not a ledger");
	}

	/** Check that a session that is to be opened has a key, where each has to. */
	static void newSessionKey(@Nullable String key, SessionRules rules) {
		require(key != null || !rules.requireKey(),
				"'sessionKey' is missing: this facilitator opens sessions with a key only");
	}

	/** Check the key whose holder signs each payment, if there is one. */
	static void sessionKey(@Nullable String key, String user) {
		if (key == null) {
			return;
		}
		SessionKey read = read(key);
		require(read.toString().equals(key), "'sessionKey' must be in base64url without padding");
		require(SignatureVerifier.takes(read),
				"'sessionKey' is no usable Ed25519 key: it must be a point of the prime-order subgroup");
		require(!AccountKey.addressOf(read.toBytes()).equals(user), "'sessionKey' must not be the user's own key");
	}

	private static SessionKey read(String key) {
		try {
			return SessionKey.parse(key);
		}
		catch (IllegalArgumentException ex) {
			throw RegistrationException.refused("'sessionKey' is no usable Ed25519 key: " + ex.getMessage());
		}
	}

	private static boolean isAddress(String text) {
		return StellarAddress.isAccount(text) || StellarAddress.isContract(text);
	}

	public static void require(boolean condition, String message) {
		if (!condition) {
			throw RegistrationException.refused(message);
		}
	}

}

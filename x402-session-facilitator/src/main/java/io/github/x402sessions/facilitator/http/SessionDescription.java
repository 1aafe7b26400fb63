package io.github.x402sessions.facilitator.http;

import java.util.List;
import java.util.Locale;

import io.github.x402sessions.facilitator.session.PastCall;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionTerms;
import org.jspecify.annotations.Nullable;

/**
 * A session as its bearer sees it.
 *
 * @param status {@code active}, {@code expired}, {@code superseded} (the payer's
 * allowance no longer covers it) or {@code closed} (by its owner)
 * @param user who pays
 * @param spender who may spend
 * @param asset the asset's contract
 * @param recipient who is paid
 * @param cap the most that is paid, base units
 * @param spent what has been paid, base units
 * @param reserved what is in a transaction on its way, base units
 * @param remaining what can still be paid, base units
 * @param expirationLedger the last ledger in which a payment can be made
 * @param network the network as a CAIP-2 id
 * @param settlements the last calls, the latest first
 * @param sessionKey the key whose holder signs each payment; absent where there is none
 * @param committed what is held, or committed and in no transaction yet, base units
 * @param owed what may still be taken from the payer, base units
 * @param frozen whether the operator lets it pay nothing for now; absent where not
 */
record SessionDescription(String status, String user, String spender, String asset, String recipient, String cap,
		String spent, String reserved, String remaining, long expirationLedger, String network, List<Call> settlements,
		@Nullable String sessionKey, String committed, String owed, @Nullable Boolean frozen) {

	static SessionDescription of(Session session, boolean expired, List<PastCall> calls) {
		SessionTerms terms = session.terms();
		return new SessionDescription(status(session, expired), terms.payer(), terms.spender(), terms.asset(),
				terms.recipient(), terms.cap().toString(), session.spent().toString(), session.inMotion().toString(),
				session.remaining().toString(), session.lastLedger(), terms.network(),
				calls.stream().map(Call::of).toList(), terms.sessionKey(), session.committed().toString(),
				session.owed().toString(), session.frozen() ? true : null);
	}

	private static String status(Session session, boolean expired) {
		SessionEnd end = session.end();
		if (end != null) {
			return end.status();
		}
		return expired ? "expired" : "active";
	}

	/**
	 * One of the last calls.
	 *
	 * @param amount what it cost, base units
	 * @param status {@code settled}, {@code pending}, {@code held}, {@code committed},
	 * {@code defaulted} or {@code failed}
	 * @param transaction the transaction's hash; absent where there never was one
	 * @param at when that was last known, ISO 8601
	 * @param signed whether what the holder of the session's key signed for it is kept
	 */
	record Call(String amount, String status, @Nullable String transaction, String at, boolean signed) {

		static Call of(PastCall call) {
			return new Call(call.amount().toString(), call.state().name().toLowerCase(Locale.ROOT), call.transaction(),
					call.at().toString(), call.signed());
		}

	}

}

package io.github.x402sessions.facilitator.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.github.x402sessions.facilitator.session.ListedSession;
import io.github.x402sessions.facilitator.session.PastCall;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionTerms;
import org.jspecify.annotations.Nullable;

/**
 * A session as an operator sees it. Nothing in it pays.
 *
 * @param handle the name that receipts and the log have for it
 * @param status {@code active}, {@code frozen}, {@code superseded} or {@code closed}
 * @param ended why it pays nothing more; absent while it lives
 * @param payer who pays
 * @param recipient who is paid
 * @param asset the asset's contract
 * @param network the network as a CAIP-2 id
 * @param cap the most that is paid, base units
 * @param spent what has been paid, base units
 * @param reserved what is set aside, base units
 * @param committed what of that is in no transaction yet, base units
 * @param remaining what can still be paid, base units
 * @param opened when it was registered
 * @param expirationLedger the last ledger in which it can pay
 * @param proven whether the payer has signed for it
 * @param signed whether each of its payments is signed
 * @param settlements its last calls, the latest first; absent in a list
 */
record AdminSession(String handle, String status, @Nullable String ended, String payer, String recipient, String asset,
		String network, String cap, String spent, String reserved, String committed, String remaining, Instant opened,
		long expirationLedger, boolean proven, boolean signed, @Nullable List<Call> settlements) {

	static AdminSession of(ListedSession listed, @Nullable List<PastCall> calls) {
		Session session = listed.session();
		SessionTerms terms = session.terms();
		SessionEnd end = session.end();
		return new AdminSession(listed.handle(), status(session), (end != null) ? end.sentence() : null, terms.payer(),
				terms.recipient(), terms.asset(), terms.network(), terms.cap().toString(), session.spent().toString(),
				session.reserved().toString(), session.committed().toString(), session.remaining().toString(),
				listed.opened(), session.lastLedger(), session.proven(), terms.sessionKey() != null,
				(calls != null) ? calls.stream().map(Call::of).toList() : null);
	}

	static String status(Session session) {
		SessionEnd end = session.end();
		if (end != null) {
			return end.status();
		}
		return session.frozen() ? "frozen" : "active";
	}

	/**
	 * One of its last calls.
	 *
	 * @param amount what it cost, base units
	 * @param status what became of it, as its bearer reads it
	 * @param transaction the hash of its transaction; absent where there never was one
	 * @param at when that was last known
	 * @param signed whether what was signed for it is kept
	 */
	record Call(String amount, String status, @Nullable String transaction, Instant at, boolean signed) {

		static Call of(PastCall call) {
			return new Call(call.amount().toString(), call.state().name().toLowerCase(Locale.ROOT), call.transaction(),
					call.at(), call.signed());
		}

	}

}

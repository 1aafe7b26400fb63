package io.github.x402sessions.client.diagnosis;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ledger: whether a node of the right network answers and keeps up, and how
 * the accounts stand there.
 */
final class LedgerCheck {

	private static final String TOPIC = "ledger";

	/** Ledgers close every 5 seconds or so. */
	private static final Duration LATE = Duration.ofSeconds(30);

	private static final Duration STANDING = Duration.ofMinutes(5);

	/** A ledger's time is its network's, and never far ahead. */
	private static final Duration AHEAD = Duration.ofSeconds(15);

	private final CheckList list;

	private final Inquiry inquiry;

	private final DiagnosisPlan plan;

	LedgerCheck(CheckList list, Inquiry inquiry, DiagnosisPlan plan) {
		this.list = list;
		this.inquiry = inquiry;
		this.plan = plan;
	}

	/**
	 * Look at it.
	 * @param way how it is to be paid, or {@code null} if that is not known
	 * @param spender who sends the facilitator's settlements, or {@code null} if that is
	 * not known
	 * @param url the node
	 * @param needed whether payments need that node
	 */
	void ask(@Nullable PaymentRequirements way, @Nullable String spender, URI url, boolean needed) {
		StellarRpc rpc = new HttpStellarRpc(url, this.inquiry.http(), this.inquiry.timeout());
		String node = Place.shown(url);
		try {
			String passphrase = rpc.networkPassphrase();
			this.list.noteAnswer();
			if (!this.plan.network().passphrase().equals(passphrase)) {
				this.list.unknown(needed, TOPIC,
						node + " serves '" + CheckList.plain(passphrase) + "', not " + this.plan.network().id(),
						"name a node of that network");
				return;
			}
			checkAge(node, rpc, needed);
		}
		catch (ChainException ex) {
			this.list.unknown(needed, TOPIC,
					node + ": " + CheckList.plain(ex.getMessage()) + "; the accounts are not looked at",
					"see whether the node runs and is reached from here, or name another");
			return;
		}
		new AccountCheck(this.list, rpc, this.plan, needed).ask(way, spender);
	}

	private void checkAge(String node, StellarRpc rpc, boolean needed) {
		LatestLedger latest = rpc.latestLedger();
		if (latest.closeTime() == 0) {
			this.list.ok(TOPIC, node + " is at ledger " + latest.sequence() + ", and does not say of when");
			return;
		}
		Duration age = Duration.between(Instant.ofEpochSecond(latest.closeTime()), this.inquiry.now());
		String text = node + " is at ledger " + latest.sequence() + ", ";
		this.inquiry.noteClock("the ledger", age.compareTo(LATE) <= 0 && !age.plus(AHEAD).isNegative());
		if (age.plus(AHEAD).isNegative()) {
			this.list.warn("clock", "this machine is " + age.negated().toSeconds() + " s behind the ledger",
					"set its clock, by NTP: sessions and signatures end by time");
		}
		else if (age.compareTo(STANDING) > 0) {
			this.list.unknown(needed, TOPIC, text + age.toSeconds() + " s old",
					"name another node, or compare the clocks");
		}
		else if (age.compareTo(LATE) > 0) {
			this.list.warn(TOPIC, text + age.toSeconds() + " s old", "wait for the node, or compare the clocks");
		}
		else {
			this.list.ok(TOPIC, text + Math.max(0, age.toSeconds()) + " s old");
		}
	}

}

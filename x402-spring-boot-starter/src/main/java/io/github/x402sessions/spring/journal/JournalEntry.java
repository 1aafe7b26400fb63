package io.github.x402sessions.spring.journal;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Something that has become of a payment. The first members are those of a facilitator's
 * books, in their order: the last entry of an id is what the payment is now. Texts are
 * cut to what the table holds, and have no control characters.
 *
 * @param id the payment's name: of a deferred one the id of its commitment
 * @param status its state since then: {@code confirmed}, {@code committed},
 * {@code failed}, {@code unknown}, or as the facilitator says it of a deferred one
 * @param amount base units, as a decimal string
 * @param asset the asset's contract id
 * @param network the network as a CAIP-2 id
 * @param transaction the transaction that carries it; absent while none does
 * @param ledger the ledger that has the transaction; absent where nobody said
 * @param at when it was asked for, ISO 8601
 * @param updatedAt when this was heard, ISO 8601
 * @param payer the address that pays; absent where nobody said
 * @param handle the handle of the session that pays, which opens nothing; absent where
 * nobody said
 * @param deferred whether the facilitator has committed itself before it settled
 * @param resource the URL that the payer has signed for; absent where nothing was signed
 * @param event what has happened: {@code settled}, {@code committed}, {@code failed},
 * {@code paid_but_failed} or {@code deferral_ended}
 * @param route the route that was paid for; absent where a deferral ended
 * @param recipient the address that is paid
 * @param reason why a settlement failed, or the status that a handler failed with; absent
 * for all else
 * @param identifierHash SHA-256 of the payment's identifier, hex; absent where it has
 * none, or is not known
 */
public record JournalEntry(String id, String status, String amount, String asset, String network,
		@Nullable String transaction, @Nullable Long ledger, String at, String updatedAt, @Nullable String payer,
		@Nullable String handle, boolean deferred, @Nullable String resource, String event, @Nullable String route,
		@Nullable String recipient, @Nullable String reason, @Nullable String identifierHash) {

	static final String COLUMNS = "id,status,amount,asset,network,transaction,ledger,at,updatedAt,payer,handle,deferred,"
			+ "resource,event,route,recipient,reason,identifierHash";

	/** Those of our facilitators; of another form it may be anything. */
	private static final Pattern HANDLE = Pattern.compile("[0-9a-f]{8,16}");

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]");

	private static final int SHORT = 32;

	private static final int MEDIUM = 64;

	private static final int LONG = 128;

	/** Cut what is too long, and leave a handle out that is of another form. */
	public JournalEntry {
		id = cut(id, MEDIUM);
		status = cut(status.toLowerCase(Locale.ROOT), SHORT);
		asset = cut(asset, LONG);
		network = cut(network, MEDIUM);
		transaction = (transaction != null && !transaction.isEmpty()) ? cut(transaction, LONG) : null;
		at = millis(at);
		updatedAt = millis(updatedAt);
		payer = (payer != null) ? cut(payer, LONG) : null;
		handle = (handle != null && HANDLE.matcher(handle).matches()) ? handle : null;
		resource = (resource != null) ? cut(resource, 2048) : null;
		route = (route != null) ? cut(route, 512) : null;
		recipient = (recipient != null) ? cut(recipient, LONG) : null;
		reason = (reason != null) ? cut(reason, LONG) : null;
	}

	private static String cut(String text, int most) {
		String safe = UNPRINTABLE.matcher(text).replaceAll("?");
		if (safe.length() <= most) {
			return safe;
		}
		return safe.substring(0, Character.isHighSurrogate(safe.charAt(most - 1)) ? most - 1 : most);
	}

	/** A table keeps milliseconds. */
	private static String millis(String time) {
		return Instant.ofEpochMilli(Instant.parse(time).toEpochMilli()).toString();
	}

	Stream<@Nullable Object> cells() {
		return Stream.of(this.id, this.status, this.amount, this.asset, this.network, this.transaction, this.ledger,
				this.at, this.updatedAt, this.payer, this.handle, this.deferred, this.resource, this.event, this.route,
				this.recipient, this.reason, this.identifierHash);
	}

}

package io.github.x402sessions.devnet.rpc;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The position of an event in history, which is also its id.
 *
 * @param operation the operation that emitted it
 * @param event its place among that operation's events, from 0
 */
record EventCursor(TotalOrderId operation, long event) implements Comparable<EventCursor> {

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})-([0-9]{1,10})");

	private static final long LAST_EVENT = (1L << 32) - 1;

	/** After all events of a ledger. */
	static EventCursor endOf(long ledger) {
		return new EventCursor(new TotalOrderId(ledger, TotalOrderId.LAST_TRANSACTION, TotalOrderId.LAST_OPERATION),
				LAST_EVENT);
	}

	static EventCursor parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		try {
			if (matcher.matches()) {
				return new EventCursor(TotalOrderId.of(Long.parseLong(matcher.group(1))),
						Long.parseLong(matcher.group(2)));
			}
		}
		catch (NumberFormatException ex) {
			// Too large: like any other text that is none.
		}
		throw JsonRpcException.invalidParams("invalid event id " + text);
	}

	@Override
	public int compareTo(EventCursor other) {
		int order = Long.compare(this.operation.number(), other.operation.number());
		return (order != 0) ? order : Long.compare(this.event, other.event);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%019d-%010d", this.operation.number(), this.event);
	}

}

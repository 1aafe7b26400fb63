package io.github.x402sessions.devnet.rpc;

import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrException;
import org.stellar.sdk.xdr.SCVal;

/**
 * A pattern of topics: each a value or any ({@code *}), and at the end optionally any
 * number of them ({@code **}).
 *
 * @param segments the topics as base64 XDR, or {@code *}
 * @param open whether more may follow
 */
record TopicFilter(List<String> segments, boolean open) {

	private static final String ANY = "*";

	private static final String REST = "**";

	private static final int MAX_SEGMENTS = 4;

	/**
	 * Reads a filter.
	 * @throws JsonRpcException if it is none
	 */
	static TopicFilter of(List<String> given, String where) {
		if (given.isEmpty()) {
			throw JsonRpcException.invalidParams(where + "topic must have at least 1 segment");
		}
		boolean open = given.get(given.size() - 1).equals(REST);
		List<String> segments = open ? given.subList(0, given.size() - 1) : given;
		int rest = segments.indexOf(REST);
		if (rest >= 0) {
			throw JsonRpcException.invalidParams(
					where + "segment " + (rest + 1) + " invalid: wildcard '**' is only allowed as the last segment");
		}
		if (segments.size() > MAX_SEGMENTS) {
			throw JsonRpcException.invalidParams(where + "topic cannot have more than 4 segments");
		}
		segments.stream().filter((segment) -> !segment.equals(ANY)).forEach(TopicFilter::requireValue);
		return new TopicFilter(segments, open);
	}

	private static void requireValue(String segment) {
		try {
			XdrCodec.decode(segment, SCVal::fromXdrByteArray, SCVal::toXdrByteArray);
		}
		catch (XdrException ex) {
			throw JsonRpcException.invalidParams("invalid parameters");
		}
	}

	boolean matches(List<String> topics) {
		if (this.open ? topics.size() < this.segments.size() : topics.size() != this.segments.size()) {
			return false;
		}
		for (int i = 0; i < this.segments.size(); i++) {
			if (!this.segments.get(i).equals(ANY) && !this.segments.get(i).equals(topics.get(i))) {
				return false;
			}
		}
		return true;
	}

}

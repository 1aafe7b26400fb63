package io.github.x402sessions.core.facilitator.notice;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cursor in memory.
 */
final class RememberedCursor implements NoticeCursor {

	private final Map<String, String> places = new ConcurrentHashMap<>();

	@Override
	public Optional<String> read(String facilitator, String recipient) {
		return Optional.ofNullable(this.places.get(facilitator + " " + recipient));
	}

	@Override
	public boolean beginsWithTheFirst() {
		return false;
	}

	@Override
	public void keep(String facilitator, String recipient, String next) {
		this.places.put(facilitator + " " + recipient, next);
	}

}

package io.github.x402sessions.core.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a recipient's settlements, in the order in which they changed.
 *
 * @param settlements what has changed, the oldest change first; empty when absent
 * @param next where the next page begins; absent where nothing can follow
 */
public record NoticePage(List<SettlementNotice> settlements, @Nullable String next) {

	/** Copy the list. */
	public NoticePage {
		settlements = (settlements != null) ? List.copyOf(settlements) : List.of();
	}

}

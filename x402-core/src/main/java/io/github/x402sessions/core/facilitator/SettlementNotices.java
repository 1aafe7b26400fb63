package io.github.x402sessions.core.facilitator;

import io.github.x402sessions.core.protocol.NoticePage;
import org.jspecify.annotations.Nullable;

/**
 * The books of one facilitator, as it shows them to those who are paid. Implementations
 * are thread-safe and may block.
 */
public interface SettlementNotices {

	/**
	 * Return whose books these are.
	 * @return the facilitator's URL, or another name that does not change
	 */
	String facilitator();

	/**
	 * Ask what has changed.
	 * @param recipient the address that is paid
	 * @param since what the page before named as next; {@code null} for the first page of
	 * all
	 * @return the page that begins there
	 * @throws FacilitatorException if there is no usable answer, such as
	 * {@link FacilitatorAccessException} where these books are not this server's to see
	 */
	NoticePage page(String recipient, @Nullable String since);

}

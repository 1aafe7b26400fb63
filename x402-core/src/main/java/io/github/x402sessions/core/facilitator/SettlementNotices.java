package io.github.x402sessions.core.facilitator;

import java.util.Optional;

import io.github.x402sessions.core.protocol.NoticePage;

/**
 * The books of one facilitator, as it shows them to those who are paid. Implementations
 * are thread-safe and may block.
 */
public interface SettlementNotices {

	/** Where all that ever changed begins. */
	String FIRST = "0";

	/** Where that begins which changes from now on. */
	String LATEST = "latest";

	/**
	 * Return whose books these are.
	 * @return the facilitator's URL, or another name that does not change
	 */
	String facilitator();

	/**
	 * Ask what has changed.
	 * @param recipient the address that is paid
	 * @param since what the page before named as next, {@link #FIRST} or {@link #LATEST}
	 * @return the page that begins there; empty if these books do not know the place, as
	 * those that a backup has replaced do not
	 * @throws FacilitatorException if there is no usable answer, such as
	 * {@link FacilitatorAccessException} where these books are not this server's to see
	 */
	Optional<NoticePage> page(String recipient, String since);

	/**
	 * Ask for what is open now: for the commitments that no ledger has yet.
	 * @param recipient the address that is paid
	 * @param since what the page before named as next; {@link #FIRST} for the first page
	 * @return the page that begins there, without settlements if there are no more
	 * @throws FacilitatorException as of {@link #page}
	 */
	NoticePage open(String recipient, String since);

}

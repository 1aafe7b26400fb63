package io.github.x402sessions.facilitator.discovery;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.facilitator.discovery.listing.Listing;

/**
 * Keeps the listings. Implementations are thread-safe.
 */
public interface Listings {

	/** A moment's work, however much there is. */
	int FORGOTTEN_AT_ONCE = 500;

	/** The most that a search looks at. */
	int MOST_MATCHES = 300;

	/**
	 * List something that was paid, or say again that it was. An origin is its first
	 * recipient's for as long as that one is paid there; another's is not listed.
	 * @param listing what was paid
	 * @param limits how much is listed, and for how long
	 * @param sameSeller whether two recipients are one seller
	 * @return what became of it
	 */
	ListingResult put(Listing listing, ListingLimits limits, BiPredicate<String, String> sameSeller);

	/**
	 * Return a part of the listings, in the order in which they were first listed.
	 * @param filter which
	 * @param limit how many at most
	 * @param offset how many are left out before
	 * @return the listings
	 */
	List<DiscoveredResource> list(ListingFilter filter, int limit, int offset);

	/**
	 * Return how many listings there are.
	 * @param filter which
	 * @return how many
	 */
	int count(ListingFilter filter);

	/**
	 * Find listings by words.
	 * @param words the words, at least one
	 * @param least how many of them a listing has to have
	 * @param filter which
	 * @return the best matches, at most {@value #MOST_MATCHES}, the best first
	 */
	List<ListingMatch> match(List<String> words, int least, ListingFilter filter);

	/**
	 * Read listings.
	 * @param numbers their numbers
	 * @return the listings, in that order; those that are gone are left out
	 */
	List<DiscoveredResource> read(List<Long> numbers);

	/**
	 * Forget some of what was not paid for long.
	 * @param retention for how long
	 * @return how much was forgotten, at most {@value #FORGOTTEN_AT_ONCE}; if so much,
	 * there may be more
	 */
	int forget(Duration retention);

	/**
	 * Tell whether a text is an origin, and no URL of something at one.
	 * @param text a text
	 * @return whether it is a scheme and a host, with a port or without
	 */
	static boolean isOrigin(String text) {
		return text.matches("https?://[^/?#]+");
	}

	/**
	 * Hide listings, also when they are paid again, or no longer.
	 * @param of the URL of listings, or an origin with all that is and will be there,
	 * whether or not there is something yet
	 * @param hidden whether they are hidden
	 * @return how many listings there are of that
	 */
	int hide(String of, boolean hidden);

	/**
	 * Forget an origin with all that is listed there: it is whoever's that is paid there
	 * next.
	 * @param origin the origin
	 * @return whether it was somebody's
	 */
	boolean release(String origin);

}

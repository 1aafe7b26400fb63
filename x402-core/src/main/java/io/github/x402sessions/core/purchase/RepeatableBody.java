package io.github.x402sessions.core.purchase;

import java.io.IOException;

/**
 * The body of a request that may be asked for again. By as much as its handler has read
 * of it a repetition is told from another request; what it has not read did not matter to
 * its answer.
 */
public interface RepeatableBody {

	/** Of a transport whose hash of a request says all of it. */
	RepeatableBody NONE = new NoBody();

	/**
	 * Expect what the handler of an earlier request has read; called before this one's
	 * handler runs.
	 * @param earlier what {@link #read()} said of that request
	 */
	void continueFrom(String earlier);

	/**
	 * Tell whether the handler has read what the earlier one has.
	 * @return {@code false} if it differs, or is less so far
	 */
	boolean continuesEarlier();

	/**
	 * Return what the handler has read so far.
	 * @return a text without the content, such as its length and hash
	 */
	String read();

	/**
	 * Tell whether this request, nothing of whose body was read, has the body of an
	 * earlier one.
	 * @param earlier what {@link #read()} said of that one
	 * @return whether it has
	 * @throws IOException if the client does not send it
	 */
	boolean matches(String earlier) throws IOException;

}

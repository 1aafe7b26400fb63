package io.github.x402sessions.spring.answers;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A place that instances share, which does each of these in one step and goes by its own
 * clock. A lease belongs to whoever has the token that it was claimed with, until it is
 * concluded, released or, once its time is over, claimed by another. Methods block, and
 * throw whatever their driver does.
 */
interface AnswerBackend {

	/**
	 * Lease an identifier of which nothing is known, or for which an answer is owed to
	 * the same request, and that nobody else has a lease of whose time is not over.
	 * @param key the identifier's key
	 * @param request a hash of the request
	 * @param token names the lease; who has it may claim it again
	 * @return what is known
	 */
	Found claim(String key, String request, String token);

	/**
	 * Keep what is known if the lease ends by itself, and renew it.
	 * @return {@code false} if it is gone
	 */
	boolean note(String key, String token, AnswerEntry otherwise);

	/**
	 * Keep what is known from now on and end the lease, unless somebody else has it. May
	 * be repeated.
	 * @return {@code false} if somebody else has it, or had
	 */
	boolean conclude(String key, String token, AnswerEntry end);

	/** Forget the identifier, if the lease still stands. May be repeated. */
	void release(String key, String token);

	/** End the lease and leave what was known when it was claimed. May be repeated. */
	void giveBack(String key, String token);

	/**
	 * Renew leases.
	 * @param leases by token
	 * @return the tokens of those that are gone
	 */
	Set<String> renew(Collection<Lease> leases);

	/** Forget what is too old, where that does not happen by itself. */
	void clean();

	/** Ask for a sign of life. */
	void ping();

	/**
	 * A lease.
	 *
	 * @param key the identifier's key
	 * @param token names the lease
	 */
	record Lease(String key, String token) {

		@Override
		public String toString() {
			return "Lease";
		}

	}

	/**
	 * The finding of a claim.
	 *
	 * @param claimed whether the lease is the caller's
	 * @param running the hash of the request that has the lease; {@code null} if it is
	 * the caller's, or nobody's
	 * @param entry what is known of the identifier; {@code null} if nothing is, or it is
	 * running
	 */
	record Found(boolean claimed, @Nullable String running, @Nullable AnswerEntry entry) {

		static Found claimed(@Nullable AnswerEntry before) {
			return new Found(true, null, before);
		}

		static Found running(String request) {
			return new Found(false, request, null);
		}

		static Found taken(AnswerEntry entry) {
			return new Found(false, null, entry);
		}

	}

}

package io.github.x402sessions.facilitator.access;

import java.util.Optional;
import java.util.Set;

/**
 * Resource servers that the operator has made at run time, besides those of the
 * configuration. Implementations are thread-safe.
 */
public interface ServerDirectory {

	/** The directory of those who have none. */
	ServerDirectory NONE = new ServerDirectory() {

		@Override
		public Optional<ApiKey> find(String secret, String caller) {
			return Optional.empty();
		}

		@Override
		public boolean has(String recipient) {
			return false;
		}

		@Override
		public boolean isPaused(String recipient) {
			return false;
		}

		@Override
		public Set<String> recipientsBeside(String recipient) {
			return Set.of(recipient);
		}

	};

	/**
	 * Find who has a key.
	 * @param secret what was sent: a stranger's text
	 * @param caller whoever has sent it, as far as that is known: those who try many keys
	 * are told apart by it
	 * @return the key; empty if nobody has it, or may use it
	 * @throws AccessDeniedException if that is not known now
	 */
	Optional<ApiKey> find(String secret, String caller);

	/**
	 * Tell whether a recipient is one of theirs.
	 * @param recipient the address
	 * @return whether it is
	 */
	boolean has(String recipient);

	/**
	 * Tell whether nothing new is done for a recipient.
	 * @param recipient the address
	 * @return whether that is so
	 */
	boolean isPaused(String recipient);

	/**
	 * Return the recipients of the one whose a recipient is.
	 * @param recipient the address
	 * @return they, or the recipient alone where it is none of theirs
	 */
	Set<String> recipientsBeside(String recipient);

}

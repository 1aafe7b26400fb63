package io.github.x402sessions.facilitator.access;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.x402sessions.core.hash.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Decides which resource servers may verify and settle, and for whom. In closed mode each
 * needs a key. A key may settle only to its own recipients, in open mode too: whoever
 * learns one cannot send money anywhere else. Thread-safe.
 */
public final class ServerAccess {

	private static final String SCHEME = "Bearer ";

	private final boolean closed;

	private final Map<String, ApiKey> keys;

	private final Set<String> recipients;

	private final ServerDirectory directory;

	/**
	 * Create it.
	 * @param closed whether nothing is answered without a key
	 * @param keys the keys
	 */
	public ServerAccess(boolean closed, Collection<ApiKey> keys) {
		this(closed, keys, ServerDirectory.NONE);
	}

	/**
	 * Create it.
	 * @param closed whether nothing is answered without a key
	 * @param keys the keys of the configuration, which are looked at first
	 * @param directory whoever has a key besides
	 */
	public ServerAccess(boolean closed, Collection<ApiKey> keys, ServerDirectory directory) {
		this.closed = closed;
		this.directory = directory;
		this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(ApiKey::hash, Function.identity()));
		this.recipients = keys.stream()
			.flatMap((key) -> key.recipients().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Find out who asks.
	 * @param authorization the request's {@code Authorization} header, or {@code null}
	 * @return the key, or {@code null} if there is none and none is needed
	 * @throws AccessDeniedException if there is none and one is needed, or it is not
	 * known, or it cannot be found out whether it is
	 */
	public @Nullable ApiKey identify(@Nullable String authorization) {
		return identify(authorization, "");
	}

	/**
	 * Find out who asks.
	 * @param authorization the request's {@code Authorization} header, or {@code null}
	 * @param caller where the request is from: whoever tries many keys is told apart by
	 * it
	 * @return the key, or {@code null} if there is none and none is needed
	 * @throws AccessDeniedException if there is none and one is needed, or it is not
	 * known, or it cannot be found out whether it is
	 */
	public @Nullable ApiKey identify(@Nullable String authorization, String caller) {
		if (authorization == null) {
			if (this.closed) {
				throw AccessDeniedException.unknown("an API key is needed: Authorization: Bearer …");
			}
			return null;
		}
		boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
		return (bearer ? find(authorization.substring(SCHEME.length()).trim(), caller) : Optional.<ApiKey>empty())
			.orElseThrow(() -> AccessDeniedException.unknown("the API key is not known"));
	}

	/** A lookup by the hash of a long random secret tells nothing by its timing. */
	private Optional<ApiKey> find(String secret, String caller) {
		return Optional.ofNullable(this.keys.get(Sha256.hex(secret))).or(() -> this.directory.find(secret, caller));
	}

	/**
	 * Require that a server asks for its own money only.
	 * @param key who asks, or {@code null} for anybody in open mode
	 * @param recipient who would be paid
	 * @throws AccessDeniedException if the recipient is somebody else
	 */
	public void requireRecipient(@Nullable ApiKey key, String recipient) {
		if (key != null && !key.recipients().contains(recipient)) {
			throw AccessDeniedException.forbidden("the API key is not for 'paymentRequirements.payTo'");
		}
	}

	/**
	 * Tell whether what a server says may be taken for a recipient's own word: in open
	 * mode anybody may have anybody paid.
	 * @param key who asks, for this recipient, or {@code null} for anybody in open mode
	 * @param recipient who would be paid
	 * @return whether it has the recipient's key, or there is none
	 */
	public boolean speaksFor(@Nullable ApiKey key, String recipient) {
		return key != null || !(this.recipients.contains(recipient) || this.directory.has(recipient));
	}

	/**
	 * Require that somebody asks for what is a recipient's own.
	 * @param key who asks, or {@code null} for anybody in open mode
	 * @param recipient whose it is
	 * @throws AccessDeniedException if there is no key, or it is somebody else's
	 */
	public void requireOwner(@Nullable ApiKey key, String recipient) {
		if (key == null) {
			throw AccessDeniedException.unknown("the recipient's API key is needed: Authorization: Bearer …");
		}
		if (!key.recipients().contains(recipient)) {
			throw AccessDeniedException.forbidden("the API key is not for 'recipient'");
		}
	}

}

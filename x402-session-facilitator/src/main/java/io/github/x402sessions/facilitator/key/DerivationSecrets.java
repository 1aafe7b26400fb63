package io.github.x402sessions.facilitator.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.stellar.account.AccountKey;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that the keys of channels and the ids of sessions follow from: the
 * operator's own for it, or else the spender's seed. What followed from another one
 * before is still known. Thread-safe.
 */
public final class DerivationSecrets {

	private static final String SESSION_IDS = "x402-session-id:v1";

	private final @Nullable AccountKey own;

	private final AccountKey channels;

	private final List<AccountKey> previous;

	private final Spenders spenders;

	/**
	 * Create them.
	 * @param spenders the spenders, whose seeds may be known
	 * @param own the operator's own secret; absent if there is none
	 * @param previous those that it was before
	 * @throws InvalidPropertyException if there is none and the spender's seed is not
	 * known
	 */
	public DerivationSecrets(Spenders spenders, @Nullable AccountKey own, List<AccountKey> previous) {
		this.spenders = spenders;
		this.own = own;
		this.previous = List.copyOf(previous);
		this.channels = (own != null) ? own : seed(spenders);
	}

	private static AccountKey seed(Spenders spenders) {
		if (spenders.current() instanceof AccountKey key) {
			return key;
		}
		throw new InvalidPropertyException("channel-secret", "is missing, and somebody else keeps the spender's key",
				"Set it (or facilitator.channel-secret-file) to a secret seed that is not the spender's, from which the"
						+ " keys of channels and the ids of sessions follow. All nodes need the same.");
	}

	/**
	 * Return the secret that the keys of channels follow from, the same for as long as
	 * the process lives.
	 */
	public AccountKey channels() {
		return this.channels;
	}

	/** Return the secrets that they may have followed from before. */
	public List<AccountKey> formerChannels() {
		return known().stream().filter((key) -> !key.address().equals(this.channels.address())).toList();
	}

	/**
	 * Return the secrets that the ids of sessions may follow from.
	 * @param spender the sessions' spender
	 * @return that of new sessions first
	 */
	public List<byte[]> sessionIds(String spender) {
		List<AccountKey> keys = new ArrayList<>();
		if (this.own != null) {
			keys.add(this.own);
		}
		this.spenders.find(spender).ifPresent((signer) -> {
			if (signer instanceof AccountKey key) {
				keys.add(key);
			}
		});
		keys.addAll(known());
		return distinct(keys).stream().map((key) -> key.derive(SESSION_IDS)).toList();
	}

	private List<AccountKey> known() {
		List<AccountKey> keys = new ArrayList<>();
		keys.add(this.channels);
		this.spenders.signers().forEach((signer) -> {
			if (signer instanceof AccountKey key) {
				keys.add(key);
			}
		});
		keys.addAll(this.previous);
		return distinct(keys);
	}

	private static List<AccountKey> distinct(List<AccountKey> keys) {
		Map<String, AccountKey> distinct = new LinkedHashMap<>();
		keys.forEach((key) -> distinct.putIfAbsent(key.address(), key));
		return List.copyOf(distinct.values());
	}

}

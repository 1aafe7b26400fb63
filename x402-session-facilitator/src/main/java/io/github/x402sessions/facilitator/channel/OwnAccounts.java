package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/**
 * The accounts of the facilitator, which nobody may name as a party of what it signs: the
 * spenders, their channels, and those that other nodes have opened or that there were
 * once. Thread-safe.
 */
public final class OwnAccounts {

	/** A node with more channels than this one may open some at any time. */
	private static final Duration REMEMBERED = Duration.ofMinutes(1);

	private final LoadingCache<Set<String>, Set<String>> byOwners;

	private final ChannelKeys keys;

	/**
	 * Create them.
	 * @param keys the accounts that this node has the keys of
	 * @param channels the channels that all nodes know
	 */
	OwnAccounts(ChannelKeys keys, ChannelLeases channels) {
		this.keys = keys;
		this.byOwners = Caffeine.newBuilder().maximumSize(1).expireAfterWrite(REMEMBERED).build((owners) -> {
			Set<String> all = new HashSet<>(keys.addresses());
			all.addAll(owners);
			owners.forEach((owner) -> all.addAll(channels.addresses(owner)));
			return Set.copyOf(all);
		});
	}

	/**
	 * Tell whether an account is one of them.
	 * @param address the account's address, {@code G…}
	 * @return whether it is
	 */
	public boolean contains(String address) {
		return this.byOwners.get(this.keys.owners()).contains(address);
	}

}

package io.github.x402sessions.facilitator.channel;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.key.DerivationSecrets;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.AccountSigner;

/**
 * The keys that transactions have as source: those of the channel accounts, all derived
 * from one secret, or the current spender's where there are none. Thread-safe.
 */
public final class ChannelKeys {

	private static final String PURPOSE = "x402-channel:v1:";

	private final Spenders spenders;

	private final DerivationSecrets secrets;

	private final Map<Integer, AccountKey> bySlot = new LinkedHashMap<>();

	private final Map<String, AccountKey> byAddress = new LinkedHashMap<>();

	/**
	 * Derive the keys.
	 * @param spenders the spenders
	 * @param secrets what channels follow from
	 * @param count how many channels there are
	 */
	public ChannelKeys(Spenders spenders, DerivationSecrets secrets, int count) {
		this.spenders = spenders;
		this.secrets = secrets;
		for (int slot = 1; slot <= count; slot++) {
			AccountKey key = derived(secrets.channels(), slot);
			this.bySlot.put(slot, key);
			this.byAddress.put(key.address(), key);
		}
	}

	private static AccountKey derived(AccountKey secret, int slot) {
		return secret.derived(PURPOSE + slot);
	}

	/**
	 * Return the current spender's address.
	 * @return the address, {@code G…}
	 */
	public String spender() {
		return this.spenders.address();
	}

	/** Return who signs for the current spender. */
	AccountSigner spenderSigner() {
		return this.spenders.current();
	}

	/**
	 * Return what the books know the channels by: the address that belongs to the secret
	 * which they follow from, so that channels outlive a spender.
	 */
	String owner() {
		return hasChannels() ? this.secrets.channels().address() : spender();
	}

	/**
	 * Return what the books may know channels of ours by.
	 * @return {@link #owner} and all that it may have been before
	 */
	public Set<String> owners() {
		Set<String> owners = new LinkedHashSet<>(this.spenders.addresses());
		owners.add(this.secrets.channels().address());
		this.secrets.formerChannels().forEach((secret) -> owners.add(secret.address()));
		return owners;
	}

	/**
	 * Return the keys that channels may have had before, which followed from other
	 * secrets.
	 * @return for each secret, the keys of all channels that there may have been
	 */
	List<List<AccountKey>> former() {
		return this.secrets.formerChannels()
			.stream()
			.map((secret) -> IntStream.rangeClosed(1, EngineProperties.MOST_CHANNELS)
				.mapToObj((slot) -> derived(secret, slot))
				.toList())
			.toList();
	}

	/**
	 * Tell whether there are channels.
	 * @return false if the spender itself is the only source
	 */
	public boolean hasChannels() {
		return !this.bySlot.isEmpty();
	}

	/**
	 * Return the channels' addresses.
	 * @return the addresses, the first channel's first
	 */
	public List<String> addresses() {
		return this.bySlot.values().stream().map(AccountKey::address).toList();
	}

	/** Return the address of each slot that gives sequence numbers. */
	Map<Integer, String> slots() {
		Map<Integer, String> slots = new LinkedHashMap<>();
		if (this.bySlot.isEmpty()) {
			slots.put(Channels.SPENDER_SLOT, spender());
		}
		this.bySlot.forEach((slot, key) -> slots.put(slot, key.address()));
		return slots;
	}

	/**
	 * Return the key of a source.
	 * @param address the source's address
	 * @return its key
	 * @throws IllegalArgumentException if it is not one of ours
	 */
	public AccountSigner of(String address) {
		AccountSigner key = this.byAddress.get(address);
		return (key != null) ? key : this.spenders.find(address)
			.orElseThrow(() -> new IllegalArgumentException("not a source of ours: " + address));
	}

}

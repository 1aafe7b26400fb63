package io.github.x402sessions.facilitator.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.stellar.account.AccountKey;

/**
 * The keys that transactions have as source: those of the channel accounts, all derived
 * from the spender's secret, or the spender itself where there are none. Thread-safe.
 */
public final class ChannelKeys {

	private static final String PURPOSE = "x402-channel:v1:";

	private final AccountKey spender;

	private final Map<Integer, AccountKey> bySlot = new LinkedHashMap<>();

	private final Map<String, AccountKey> byAddress = new LinkedHashMap<>();

	/**
	 * Derive the keys.
	 * @param spender the spender
	 * @param count how many channels there are
	 */
	public ChannelKeys(AccountKey spender, int count) {
		this.spender = spender;
		this.byAddress.put(spender.address(), spender);
		for (int slot = 1; slot <= count; slot++) {
			AccountKey key = spender.derived(PURPOSE + slot);
			this.bySlot.put(slot, key);
			this.byAddress.put(key.address(), key);
		}
	}

	/**
	 * Return the spender's address.
	 * @return the address, {@code G…}
	 */
	public String spender() {
		return this.spender.address();
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
			slots.put(Channels.SPENDER_SLOT, this.spender.address());
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
	public AccountKey of(String address) {
		AccountKey key = this.byAddress.get(address);
		if (key == null) {
			throw new IllegalArgumentException("not a source of ours: " + address);
		}
		return key;
	}

}

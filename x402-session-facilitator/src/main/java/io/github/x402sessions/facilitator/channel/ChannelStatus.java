package io.github.x402sessions.facilitator.channel;

import io.github.x402sessions.stellar.balance.AccountState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a channel.
 *
 * @param slot its number
 * @param address its account
 * @param account the account on the ledger; absent if there is none
 * @param transaction the hash of its open transaction; absent if it has none
 */
public record ChannelStatus(int slot, String address, @Nullable AccountState account, @Nullable String transaction) {
}

package io.github.x402sessions.facilitator.channel;

import org.jspecify.annotations.Nullable;

/**
 * The right to make the next transaction of a channel. It ends when that is written down:
 * from then on the open transaction itself keeps the channel.
 *
 * @param id the lease's own name
 * @param address the channel's account
 * @param sequence the sequence number that its last transaction used; absent while the
 * chain has to be asked
 */
public record ChannelLease(String id, String address, @Nullable Long sequence) {
}

package io.github.x402sessions.facilitator.settlement.repository;

import org.jspecify.annotations.Nullable;

/**
 * A payment that was made before, or is being made, which another request repeats.
 *
 * @param settlement its name in the books
 * @param terms the hash of what it pays
 * @param paid whether it has ended, the money moved, or it is committed; otherwise it is
 * open
 * @param told whether somebody was told so, or will be who keeps track of identifiers
 * @param transaction the hash of its transaction; absent while there is none. Of a
 * commitment, for ever, its name
 * @param settleBefore the last ledger in which a commitment settles; absent if it is none
 * @param held what is held for it; absent where it is known what it costs
 */
public record KnownPayment(String settlement, String terms, boolean paid, boolean told, @Nullable String transaction,
		@Nullable Long settleBefore, @Nullable HeldAmount held) {
}

package io.github.x402sessions.client.facilitator;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /sessions/quote}.
 *
 * @param user the account that pays
 * @param asset the asset's contract id
 * @param recipient the only address that the session pays
 * @param cap the most it may spend, base units
 * @param expiresIn how long it lives, seconds
 * @param network the network as a CAIP-2 id
 * @param closing {@code true} if the approval is to end a session; the recipient and the
 * cap are for facilitators that do not know the word, and quote another session
 * @param sessionKey the public key that is going to be registered, base64url; absent for
 * a session without a key
 * @param spender whose allowance the session that is to end rests on; absent for opening
 */
public record QuoteBody(String user, String asset, String recipient, String cap, long expiresIn, String network,
		@Nullable Boolean closing, @Nullable String sessionKey, @Nullable String spender) {
}

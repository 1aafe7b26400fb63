package io.github.x402sessions.facilitator.session.registration;

import org.jspecify.annotations.Nullable;

/**
 * An approval for the user to sign, and what registering it takes.
 *
 * @param network the network as a CAIP-2 id
 * @param spender who may spend: this facilitator
 * @param user who will pay
 * @param asset the asset's contract
 * @param recipient who is to be paid; absent where a session is to end
 * @param cap the most that may be paid with the session, base units; absent where one is
 * to end
 * @param expirationLedger the last ledger of the approval
 * @param allowance what the transaction approves: the cap and what live sessions of the
 * same allowance may still spend, base units
 * @param transaction the unsigned transaction: the XDR of its envelope, base64. Where the
 * user is a contract, the call in it carries the authorisation that the contract has to
 * sign; then its source simulates, signs and sends it
 * @param hash that transaction's hash, 64 hex digits; absent where the user is a
 * contract, whose signature changes it
 * @param proofMessage the text that the user signs, as SEP-53 says; absent where there is
 * no hash yet, or a session is to end
 * @param feesSponsored whether the facilitator pays the transaction's fee when it is sent
 * with the registration, or to end a session
 * @param askedExpirationLedger the last ledger that was asked for, where the approval has
 * a later one: it replaces the approval that a longer session of the user rests on
 */
public record ApprovalQuote(String network, String spender, String user, String asset, @Nullable String recipient,
		@Nullable String cap, long expirationLedger, String allowance, String transaction, @Nullable String hash,
		@Nullable String proofMessage, boolean feesSponsored, @Nullable Long askedExpirationLedger) {
}

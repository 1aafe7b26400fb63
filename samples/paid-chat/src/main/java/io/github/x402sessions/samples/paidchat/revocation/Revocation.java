package io.github.x402sessions.samples.paidchat.revocation;

/**
 * A revocation to sign.
 *
 * @param transaction the transaction without a signature, base64 XDR
 * @param hash its hash, hex
 */
record Revocation(String transaction, String hash) {
}

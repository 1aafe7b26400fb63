package io.github.x402sessions.samples.paidchat.transfer;

/**
 * A transfer to sign.
 *
 * @param hash what is signed, hex
 * @param preimage what is hashed for that, base64 XDR: the page reads it before a wallet
 * signs
 */
record WalletTransfer(String hash, String preimage) {
}

package io.github.x402sessions.client.approval.rpc;

/**
 * The answer to {@code getNetwork}.
 *
 * @param passphrase the passphrase that signatures on this network cover
 */
public record NetworkInfo(String passphrase) {
}

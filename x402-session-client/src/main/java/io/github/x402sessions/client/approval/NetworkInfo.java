package io.github.x402sessions.client.approval;

/**
 * The answer to {@code getNetwork}.
 *
 * @param passphrase the passphrase that signatures on this network cover
 */
record NetworkInfo(String passphrase) {
}

package io.github.x402sessions.spring.deferral;

/**
 * A recipient and what it is paid with.
 *
 * @param recipient the address
 * @param network the network as a CAIP-2 id
 * @param asset the asset's contract id
 */
public record PaidAccount(String recipient, String network, String asset) {
}

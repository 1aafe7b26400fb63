package io.github.x402sessions.samples.paidchat.site;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ledger that the pages show.
 *
 * @param rpcUrl JSON-RPC of a Stellar node
 * @param explorer where a transaction can be looked at, with <code>{hash}</code> for its
 * hash
 * @param ledgerInterval about how long a ledger takes
 */
@ConfigurationProperties("paid-chat")
public record SiteProperties(@DefaultValue("https://soroban-testnet.stellar.org") URI rpcUrl,
		@DefaultValue("https://stellar.expert/explorer/testnet/tx/{hash}") String explorer,
		@DefaultValue("5s") Duration ledgerInterval) {
}

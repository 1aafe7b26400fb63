package io.github.x402sessions.facilitator.chain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FailoverRpc;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.MonotonicRpc;
import io.github.x402sessions.stellar.rpc.OwnNetworkRpc;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The way to the chain.
 */
@Configuration(proxyBeanMethods = false)
public class ChainConfiguration {

	private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);

	/** Less than half of a ledger. */
	private static final Duration HEIGHT_MAX_AGE = Duration.ofSeconds(2);

	@Bean
	StellarRpc stellarRpc(FacilitatorProperties properties) {
		List<OwnNetworkRpc> nodes = Stream.concat(Stream.of(properties.rpcUrl()), properties.rpcUrls().stream())
			.map((url) -> new HttpStellarRpc(URI.create(url), RPC_TIMEOUT))
			.map((node) -> new OwnNetworkRpc(node, properties.stellar().passphrase()))
			.toList();
		return new MonotonicRpc(
				(nodes.size() == 1) ? nodes.get(0) : new FailoverRpc(nodes, properties.rpcStandstill()));
	}

	@Bean
	LedgerState ledgerState(StellarRpc rpc, FacilitatorProperties properties) {
		return new LedgerState(rpc, properties.stellar().passphrase());
	}

	@Bean
	Polling polling(FacilitatorProperties properties) {
		return new Polling(properties.pollInterval());
	}

	@Bean
	LedgerClock ledgerClock(StellarRpc rpc) {
		return new LedgerClock(rpc, HEIGHT_MAX_AGE);
	}

}

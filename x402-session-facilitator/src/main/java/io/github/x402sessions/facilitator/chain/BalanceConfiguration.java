package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Reads the ledger.
 */
@Configuration(proxyBeanMethods = false)
public class BalanceConfiguration {

	@Bean
	LedgerState ledgerState(StellarRpc rpc, FacilitatorProperties properties) {
		return new LedgerState(rpc, properties.stellar().passphrase());
	}

}

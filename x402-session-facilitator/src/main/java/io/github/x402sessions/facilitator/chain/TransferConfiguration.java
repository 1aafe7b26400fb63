package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Transfers and whether they would succeed.
 */
@Configuration(proxyBeanMethods = false)
public class TransferConfiguration {

	@Bean
	SpenderTransfers transfers(StellarRpc rpc, LedgerState chain, FacilitatorProperties properties, Spenders spenders,
			FeePolicy fees) {
		return new SpenderTransfers(rpc, chain, properties.stellar().passphrase(), spenders, fees);
	}

	@Bean
	TransferReadinessReader transferReadinessReader(StellarRpc rpc, LedgerState chain) {
		return new TransferReadinessReader(rpc, chain);
	}

	@Bean
	TransferReadinessCache transferReadinessCache(TransferReadinessReader reader, LedgerClock ledgers) {
		return new TransferReadinessCache(reader, ledgers);
	}

}

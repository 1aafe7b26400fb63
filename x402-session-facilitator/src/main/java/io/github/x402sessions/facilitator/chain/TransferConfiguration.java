package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Transfers and whether they would succeed.
 */
@Configuration(proxyBeanMethods = false)
public class TransferConfiguration {

	@Bean
	Transfers transfers(StellarRpc rpc, LedgerState chain, FacilitatorProperties properties, AccountKey spender,
			FeePolicy fees) {
		return new Transfers(rpc, chain, properties.stellar().passphrase(), spender, fees);
	}

	@Bean
	TransferReadinessReader transferReadinessReader(StellarRpc rpc, LedgerState chain, AccountKey spender) {
		return new TransferReadinessReader(rpc, chain, spender.address());
	}

	@Bean
	TransferReadinessCache transferReadinessCache(TransferReadinessReader reader, LedgerClock ledgers) {
		return new TransferReadinessCache(reader, ledgers);
	}

}

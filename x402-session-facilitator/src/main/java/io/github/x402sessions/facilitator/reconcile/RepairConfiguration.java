package io.github.x402sessions.facilitator.reconcile;

import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.settlement.Repair;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans by which operators look into the books and decide, from the command line or
 * through the admin API.
 */
@Configuration(proxyBeanMethods = false)
public class RepairConfiguration {

	@Bean
	OpenTransactions openTransactions(RecordedTransactions books, StellarRpc rpc, LedgerState chain) {
		return new OpenTransactions(books, rpc, chain);
	}

	@Bean
	Repair repair(SettlementBooks books, TransactionRepository transactions, StellarRpc rpc, LedgerState chain,
			FeePolicy fees, SpenderTransfers transfers, FacilitatorProperties properties) {
		return new Repair(books, transactions, rpc, chain, fees, transfers, properties.longestCall());
	}

	@Bean
	OperatorDecisions operatorDecisions(Repair repair, SpenderSearches searches, Audit audit) {
		return new OperatorDecisions(repair, searches, audit);
	}

	@Bean
	Reconciliation reconciliation(RecordedTransactions transactions, RecordedSessions sessions, StellarRpc rpc,
			TransferReader reader, SpenderSearches searches, UnrecordedSequences numbers, LedgerState chain,
			Repair repair) {
		return new Reconciliation(transactions, sessions, rpc, reader, searches, numbers,
				new UncoveredSessions(sessions, chain), repair);
	}

}

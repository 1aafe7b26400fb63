package io.github.x402sessions.facilitator.reconcile;

import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.settlement.Repair;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.SpenderHistory;
import io.github.x402sessions.stellar.transfer.TransferReader;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans by which operators look into the books and decide, from the command line or
 * through the admin API.
 */
@Configuration(proxyBeanMethods = false)
public class RepairConfiguration {

	@Bean
	OpenTransactions openTransactions(RecordedTransactions books, StellarRpc rpc, LedgerState chain,
			AccountKey spender) {
		return new OpenTransactions(books, rpc, chain, spender.address());
	}

	@Bean
	Repair repair(SettlementBooks books, TransactionRepository transactions, StellarRpc rpc, LedgerState chain,
			FeePolicy fees, Transfers transfers, FacilitatorProperties properties) {
		return new Repair(books, transactions, rpc, chain, fees, transfers, properties.longestCall());
	}

	@Bean
	OperatorDecisions operatorDecisions(Repair repair, Audit audit) {
		return new OperatorDecisions(repair, audit);
	}

	@Bean
	Reconciliation reconciliation(RecordedTransactions transactions, RecordedSessions sessions, StellarRpc rpc,
			TransferReader reader, SpenderHistory history, MissingTransfers missing, UnrecordedSequences numbers,
			ChainSearch search, LedgerState chain, Repair repair) {
		return new Reconciliation(transactions, sessions, rpc, reader, history, missing, numbers, search,
				new UncoveredSessions(sessions, chain), repair);
	}

}

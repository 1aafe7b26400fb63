package io.github.x402sessions.facilitator.admin;

import java.util.List;

import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.config.AdminProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.OperatorProperties;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.deferred.redemption.PeriodicRedemption;
import io.github.x402sessions.facilitator.deferred.redemption.WriteOff;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.merchant.MerchantRegistry;
import io.github.x402sessions.facilitator.merchant.MerchantReports;
import io.github.x402sessions.facilitator.operations.MeterConfiguration;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.reconcile.OpenTransactions;
import io.github.x402sessions.facilitator.reconcile.OperatorDecisions;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import io.github.x402sessions.facilitator.reconcile.SpenderSearches;
import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.SessionDirectory;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The admin API, apart from the server that has it.
 *
 * @see AdminManagementConfiguration
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminProperties.class)
public class AdminConfiguration {

	@Bean
	SessionAdmin sessionAdmin(SessionDirectory directory, SessionRepository sessions, PastCalls calls, Audit audit) {
		return new SessionAdmin(directory, sessions, calls, audit);
	}

	@Bean
	TransactionAdmin transactionAdmin(OpenTransactions transactions, EvidenceRepository evidence,
			OperatorDecisions decisions) {
		return new TransactionAdmin(transactions, evidence, decisions);
	}

	@Bean
	CommitmentAdmin commitmentAdmin(PeriodicRedemption redemption, WriteOff writeOff, Audit audit) {
		return new CommitmentAdmin(redemption, writeOff, audit);
	}

	@Bean
	DrainAdmin drainAdmin(Drain drain, TransactionRepository transactions, SettlementRepository settlements,
			HeldPayments held, PeriodicRedemption redemption, Nodes nodes, Audit audit) {
		return new DrainAdmin(drain, transactions, settlements, held, redemption, nodes.self(), audit);
	}

	@Bean
	BooksAdmin booksAdmin(ConsistencyMonitor watch, SpenderSearches searches, Reconciliation reconciliation,
			OperatorDecisions decisions) {
		return new BooksAdmin(watch, searches, reconciliation, decisions);
	}

	@Bean
	AuditAdmin auditAdmin(AuditLog log) {
		return new AuditAdmin(log);
	}

	@Bean
	MerchantAdmin merchantAdmin(MerchantRegistry merchants, MerchantReports reports, Nodes nodes,
			FacilitatorProperties properties) {
		return new MerchantAdmin(merchants, reports, nodes.clock(), properties.access().merchants());
	}

	@Bean
	AdminApi adminApi(AdminProperties admin, FacilitatorProperties properties, List<AdminResource> resources,
			ObjectProvider<MeterRegistry> registries) {
		admin.requireApartFrom(properties.access().keys());
		return new AdminApi(admin.operators().stream().map(OperatorProperties::key).toList(), resources,
				MeterConfiguration.registry(registries));
	}

	@Bean
	AdminReport adminReport(AdminApi api) {
		return new AdminReport(api);
	}

}

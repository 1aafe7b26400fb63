package io.github.x402sessions.facilitator;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.facilitator.admin.AdminConfiguration;
import io.github.x402sessions.facilitator.audit.AuditConfiguration;
import io.github.x402sessions.facilitator.audit.AuditHeadReport;
import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.chain.ApprovalConfiguration;
import io.github.x402sessions.facilitator.chain.ChainConfiguration;
import io.github.x402sessions.facilitator.chain.TransferConfiguration;
import io.github.x402sessions.facilitator.channel.ChannelConfiguration;
import io.github.x402sessions.facilitator.channel.ChannelMaintenance;
import io.github.x402sessions.facilitator.channel.PeriodicChannelMaintenance;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.SchemeProperties;
import io.github.x402sessions.facilitator.deferred.DeferredConfiguration;
import io.github.x402sessions.facilitator.deferred.LendingConfiguration;
import io.github.x402sessions.facilitator.deferred.hold.HoldConfiguration;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionConfiguration;
import io.github.x402sessions.facilitator.deferred.retention.LendingRetentionConfiguration;
import io.github.x402sessions.facilitator.discovery.Catalogue;
import io.github.x402sessions.facilitator.discovery.CataloguingFacilitator;
import io.github.x402sessions.facilitator.discovery.DiscoveryConfiguration;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.drain.DrainConfiguration;
import io.github.x402sessions.facilitator.drain.DrainableFacilitator;
import io.github.x402sessions.facilitator.event.delivery.EventConfiguration;
import io.github.x402sessions.facilitator.http.HttpConfiguration;
import io.github.x402sessions.facilitator.key.KeyConfiguration;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.key.SpenderWatch;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.limit.LimitConfiguration;
import io.github.x402sessions.facilitator.merchant.MerchantConfiguration;
import io.github.x402sessions.facilitator.merchant.MerchantDirectory;
import io.github.x402sessions.facilitator.merchant.MerchantServiceConfiguration;
import io.github.x402sessions.facilitator.operations.HealthConfiguration;
import io.github.x402sessions.facilitator.operations.MerchantMeters;
import io.github.x402sessions.facilitator.operations.MeterConfiguration;
import io.github.x402sessions.facilitator.operations.MeteredFacilitator;
import io.github.x402sessions.facilitator.page.BooksPageConfiguration;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.reconcile.ReconcileConfiguration;
import io.github.x402sessions.facilitator.reconcile.RepairConfiguration;
import io.github.x402sessions.facilitator.reconcile.SpenderSearches;
import io.github.x402sessions.facilitator.reconcile.SuspendableFacilitator;
import io.github.x402sessions.facilitator.reconcile.UnrecordedSequences;
import io.github.x402sessions.facilitator.scheme.SchemeConfiguration;
import io.github.x402sessions.facilitator.scheme.SchemeRouter;
import io.github.x402sessions.facilitator.scheme.exact.ExactSchemeConfiguration;
import io.github.x402sessions.facilitator.scheme.session.FundingConfiguration;
import io.github.x402sessions.facilitator.scheme.session.SessionSchemeConfiguration;
import io.github.x402sessions.facilitator.session.SessionConfiguration;
import io.github.x402sessions.facilitator.session.allowance.AllowanceConfiguration;
import io.github.x402sessions.facilitator.session.closing.ClosingConfiguration;
import io.github.x402sessions.facilitator.session.evidence.EvidenceConfiguration;
import io.github.x402sessions.facilitator.session.registration.RegistrationConfiguration;
import io.github.x402sessions.facilitator.settlement.Recovery;
import io.github.x402sessions.facilitator.settlement.SettlementConfiguration;
import io.github.x402sessions.facilitator.settlement.repository.RepositoryConfiguration;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.facilitator.store.jdbc.JdbcStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseFileLock;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * The whole facilitator. It takes from Spring Boot exactly what is listed here, whatever
 * else is on the classpath of the application that it lives in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FacilitatorProperties.class)
@Import({ KeyConfiguration.class, ChainConfiguration.class, TransferConfiguration.class, ApprovalConfiguration.class,
		ChannelConfiguration.class, RepositoryConfiguration.class, FundingConfiguration.class,
		LendingConfiguration.class, DeferredConfiguration.class, HoldConfiguration.class, RedemptionConfiguration.class,
		LendingRetentionConfiguration.class, SchemeConfiguration.class, SessionSchemeConfiguration.class,
		ExactSchemeConfiguration.class, SettlementConfiguration.class, SessionConfiguration.class,
		RegistrationConfiguration.class, AllowanceConfiguration.class, ClosingConfiguration.class,
		EvidenceConfiguration.class, DiscoveryConfiguration.class, HttpConfiguration.class,
		BooksPageConfiguration.class, HealthConfiguration.class, MeterConfiguration.class, ReconcileConfiguration.class,
		LimitConfiguration.class, RepairConfiguration.class, DrainConfiguration.class, AuditConfiguration.class,
		AdminConfiguration.class, EventConfiguration.class, MerchantConfiguration.class,
		MerchantServiceConfiguration.class })
@ImportAutoConfiguration({ JdbcStoreConfiguration.class, PropertyPlaceholderAutoConfiguration.class,
		ConfigurationPropertiesAutoConfiguration.class, SslAutoConfiguration.class, LifecycleAutoConfiguration.class,
		HttpMessageConvertersAutoConfiguration.class, TomcatServletWebServerAutoConfiguration.class,
		DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class })
class FacilitatorConfiguration {

	@Bean
	DatabaseSchema facilitatorBooksSchema() {
		return DatabaseSchema.MIGRATED;
	}

	@Bean
	@Primary
	Facilitator facilitator(@Qualifier("unlistedFacilitator") Facilitator settling,
			ObjectProvider<Catalogue> catalogue) {
		Catalogue listing = catalogue.getIfAvailable();
		return (listing != null) ? new CataloguingFacilitator(settling, listing) : settling;
	}

	/** Lists nothing, for callers whose word is not their recipient's. */
	@Bean
	Facilitator unlistedFacilitator(SchemeRouter schemes, FacilitatorProperties properties, ConsistencyMonitor watch,
			Drain drain, ObjectProvider<MeterRegistry> registries, MerchantDirectory merchants) {
		MeterRegistry registry = MeterConfiguration.registry(registries);
		return new MerchantMeters(new MeteredFacilitator(
				new DrainableFacilitator(new SuspendableFacilitator(schemes, watch, properties.network()), drain,
						properties.network()),
				registry), merchants, registry);
	}

	@Bean(initMethod = "start")
	ConsistencyMonitor booksWatch(SpenderSearches searches, UnrecordedSequences numbers) {
		return new ConsistencyMonitor(searches, numbers);
	}

	@Bean(initMethod = "start")
	AuditHeadReport auditHeadReport(AuditLog log) {
		return new AuditHeadReport(log);
	}

	@Bean
	DatabaseFileLock databaseFileLock(FacilitatorProperties properties) {
		return new DatabaseFileLock(properties.databaseUrl());
	}

	@Bean(initMethod = "start")
	PeriodicChannelMaintenance maintenanceTask(ChannelMaintenance maintenance, Drain drain) {
		return new PeriodicChannelMaintenance(maintenance, drain);
	}

	@Bean(initMethod = "start")
	SpenderWatch spenderWatch(Spenders spenders, SpenderRoster roster, LedgerClock ledgers, Recovery recovered) {
		return new SpenderWatch(spenders, roster, () -> ledgers.latest().sequence());
	}

	@Bean
	StartReport startReport(FacilitatorProperties properties, SchemeProperties schemes, Spenders spenders,
			LedgerState chain, FeePolicy fees) {
		return new StartReport(properties, schemes, spenders, chain, fees);
	}

}

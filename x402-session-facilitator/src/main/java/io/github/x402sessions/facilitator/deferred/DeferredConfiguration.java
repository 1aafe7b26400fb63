package io.github.x402sessions.facilitator.deferred;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.config.DeferredProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Deferred settlement, for whoever serves.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeferredProperties.class)
public class DeferredConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(DeferredConfiguration.class);

	@Bean(initMethod = "start")
	DeferredSettlement deferredSettlement(FacilitatorProperties properties, DeferredProperties deferred,
			LedgerClock ledgers, TransferReadinessCache readiness, UnitOfWork unitOfWork, CommitmentAccounts accounts,
			LendingBooks lending, OutcomeDeliveries deliveries, RedemptionReadiness redemption, RecipientLimits limits,
			ServerDirectory directory) {
		Set<String> agreed = recipients(properties, deferred);
		boolean all = deferred.enabled() && deferred.forAllListed();
		return new DeferredSettlement(all || !agreed.isEmpty(),
				(recipient) -> (agreed.contains(recipient) || (all && directory.has(recipient)))
						&& limits.mayDefer(recipient),
				PayerStandings.of(ledgers, new LedgerAge(Clock.systemUTC()), readiness,
						properties.transactionValidity(), deferred.maxAge()),
				new CommitmentBatch(unitOfWork, accounts, lending, ExposureLimits.of(deferred), limits), deliveries,
				redemption);
	}

	static Set<String> recipients(FacilitatorProperties properties, DeferredProperties deferred) {
		if (!deferred.enabled()) {
			return Set.of();
		}
		Set<String> agreed = deferred.forAllListed() ? properties.listedRecipients()
				: new HashSet<>(deferred.recipients());
		if (agreed.isEmpty()) {
			logger.warn("facilitator.deferred.recipients is *, and neither facilitator.recipients nor a key lists one: "
					+ "payments for others than merchants settle at once");
		}
		return agreed;
	}

}

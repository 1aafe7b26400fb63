package io.github.x402sessions.facilitator.settlement.repository;

import java.util.List;

import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.settlement.funding.CompositeFunding;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.funding.SettlementFunding;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The books of settlements and of their deliveries, over whichever store there is.
 */
@Configuration(proxyBeanMethods = false)
public class RepositoryConfiguration {

	@Bean
	SettlementBooks settlementBooks(UnitOfWork unitOfWork, SettlementRepository settlements,
			TransactionRepository transactions, ChannelLeases channels, List<SettlementFunding> fundings,
			RecipientLimits limits) {
		return new SettlementBooks(unitOfWork, settlements, transactions, channels, new CompositeFunding(fundings),
				limits);
	}

	@Bean
	OutcomeDeliveries outcomeDeliveries(DeliveryRepository deliveries, Nodes nodes) {
		return new OutcomeDeliveries(deliveries, nodes.clock());
	}

}

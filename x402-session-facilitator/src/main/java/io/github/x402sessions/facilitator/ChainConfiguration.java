package io.github.x402sessions.facilitator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.chain.Approvals;
import io.github.x402sessions.facilitator.chain.Approves;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.OwnNetworkRpc;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.SponsorshipBudget;
import io.github.x402sessions.facilitator.chain.StandingReader;
import io.github.x402sessions.facilitator.chain.Standings;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.rpc.FailoverRpc;
import io.github.x402sessions.facilitator.rpc.ForwardRpc;
import io.github.x402sessions.facilitator.rpc.HttpStellarRpc;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The way to the chain.
 */
@Configuration(proxyBeanMethods = false)
class ChainConfiguration {

	private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);

	/** Less than half of a ledger. */
	private static final Duration HEIGHT_MAX_AGE = Duration.ofSeconds(2);

	@Bean
	SpenderKey spenderKey(FacilitatorProperties properties) {
		return SpenderKey.of(properties.secret());
	}

	@Bean
	StellarRpc stellarRpc(FacilitatorProperties properties) {
		List<OwnNetworkRpc> nodes = Stream.concat(Stream.of(properties.rpcUrl()), properties.rpcUrls().stream())
			.map((url) -> new HttpStellarRpc(URI.create(url), RPC_TIMEOUT))
			.map((node) -> new OwnNetworkRpc(node, properties.stellar().passphrase()))
			.toList();
		return new ForwardRpc((nodes.size() == 1) ? nodes.get(0) : new FailoverRpc(nodes, properties.rpcStandstill()));
	}

	@Bean
	Polling polling(FacilitatorProperties properties) {
		return new Polling(properties.pollInterval());
	}

	@Bean
	LedgerClock ledgerClock(StellarRpc rpc) {
		return new LedgerClock(rpc, HEIGHT_MAX_AGE);
	}

	@Bean
	Chain chain(StellarRpc rpc, FacilitatorProperties properties) {
		return new Chain(rpc, properties.stellar().passphrase());
	}

	@Bean
	Approvals approvals(StellarRpc rpc, FacilitatorProperties properties) {
		return new Approvals(rpc, properties.stellar().passphrase());
	}

	@Bean
	Transfers transfers(StellarRpc rpc, Chain chain, FacilitatorProperties properties, SpenderKey spender,
			FeePolicy fees) {
		return new Transfers(rpc, chain, properties.stellar().passphrase(), spender, fees);
	}

	@Bean
	StandingReader standingReader(StellarRpc rpc, Chain chain, SpenderKey spender) {
		return new StandingReader(rpc, chain, spender.address());
	}

	@Bean
	Standings standings(StandingReader reader, LedgerClock ledgers) {
		return new Standings(reader, ledgers);
	}

	@Bean
	Approves approves(StellarRpc rpc, Chain chain, FacilitatorProperties properties, SpenderKey spender,
			FeePolicy fees) {
		ApprovalProperties approvals = properties.approvals();
		return new Approves(rpc, properties.stellar().passphrase(), spender, fees,
				new SponsorshipBudget(approvals.sponsorBudgetStroops(), approvals.sponsoredPerPayer()));
	}

}

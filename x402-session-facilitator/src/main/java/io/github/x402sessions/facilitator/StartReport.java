package io.github.x402sessions.facilitator;

import java.math.BigDecimal;
import java.net.URI;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.SchemeProperties;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says at the start who the facilitator is, and what will keep it from working.
 */
class StartReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(StartReport.class);

	private static final int LUMEN_DECIMALS = 7;

	private final FacilitatorProperties properties;

	private final SchemeProperties schemes;

	private final Spenders spenders;

	private final LedgerState chain;

	private final FeePolicy fees;

	StartReport(FacilitatorProperties properties, SchemeProperties schemes, Spenders spenders, LedgerState chain,
			FeePolicy fees) {
		this.schemes = schemes;
		this.fees = fees;
		this.properties = properties;
		this.spenders = spenders;
		this.chain = chain;
	}

	/** Providers put keys into the paths and queries of their URLs. */
	private static String place(String url) {
		URI uri = URI.create(url);
		return uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() >= 0) ? ":" + uri.getPort() : "");
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String address = this.spenders.address();
		logger.info("Facilitator {} serves {} through {}", address, this.properties.network(),
				place(this.properties.rpcUrl()));
		if (this.schemes.servesSessions()) {
			reportRecipients();
		}
		try {
			boolean exists = this.chain.account(address).isPresent();
			logger.info(
					"A settlement costs up to {} XLM at what the network asks now, and facilitator.min-per-call is {}: "
							+ "a call should be worth more than it costs to settle",
					BigDecimal.valueOf(Transfers.USUAL_RESOURCE_FEE + this.fees.bid(), LUMEN_DECIMALS)
						.stripTrailingZeros()
						.toPlainString(),
					this.properties.minPerCall());
			if (!exists) {
				logger.warn("The account {} does not exist on {}: fund it, or nothing can be settled", address,
						this.properties.network());
			}
		}
		catch (RpcException ex) {
			logger.warn("The Stellar RPC is not usable yet: {}", ex.getMessage());
		}
	}

	private void reportRecipients() {
		if (this.properties.recipients().isEmpty()) {
			logger.warn("facilitator.recipients is empty: every session needs its user's signature");
		}
		else if (this.properties.stellar() == Network.STELLAR_PUBNET) {
			logger.warn(
					"facilitator.recipients lets anybody register an approve that they see on the ledger for a listed "
							+ "recipient, and spend it there; leave it empty where all payers sign for their sessions");
		}
	}

}

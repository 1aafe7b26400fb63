package io.github.x402sessions.devnet;

import java.time.Duration;

/**
 * The text that greets whoever started a network.
 *
 * @param devnet the network
 * @param interval the time between ledgers
 */
record Welcome(StellarDevnet devnet, Duration interval) {

	@Override
	public String toString() {
		return """
				Local Stellar network is up, a ledger every %s ms
				  JSON-RPC    %s
				  friendbot   %s?addr=G...
				  faucet      %s?addr=G...&amount=100
				  passphrase  %s
				  USDC        %s
				Stop with Ctrl+C; nothing is kept.""".formatted(this.interval.toMillis(), this.devnet.rpcUri(),
				this.devnet.friendbotUri(), this.devnet.faucetUri(), this.devnet.networkPassphrase(),
				this.devnet.usdcContract());
	}

}

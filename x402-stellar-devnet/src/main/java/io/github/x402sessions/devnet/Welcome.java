package io.github.x402sessions.devnet;

import java.time.Duration;

/**
 * The text that greets whoever started a network.
 *
 * @param devnet the network
 * @param interval the time between ledgers
 * @param secure whether HTTPS is spoken as well
 */
record Welcome(StellarDevnet devnet, Duration interval, boolean secure) {

	@Override
	public String toString() {
		return """
				Local Stellar network is up, a ledger every %s ms
				  JSON-RPC    %s%s
				  friendbot   %s?addr=G...
				  faucet      %s?addr=G...&amount=100
				  passphrase  %s
				  USDC        %s
				  issuer      %s
				Stop with Ctrl+C; nothing is kept.""".formatted(this.interval.toMillis(), this.devnet.rpcUri(),
				this.secure ? "\n  HTTPS       " + this.devnet.httpsRpcUri() : "", this.devnet.friendbotUri(),
				this.devnet.faucetUri(), this.devnet.networkPassphrase(), this.devnet.usdcContract(),
				this.devnet.usdcIssuer());
	}

}

package io.github.x402sessions.devnet;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The text that the command prints when the network is up.
 *
 * @param devnet the network
 * @param interval the time between ledgers
 * @param secure whether HTTPS is spoken as well
 * @param state where it is kept; {@code null} for nowhere
 * @param funded the accounts that were opened
 */
record StartupBanner(StellarDevnet devnet, Duration interval, boolean secure, @Nullable Path state,
		AccountsFile funded) {

	@Override
	public String toString() {
		return """
				Local Stellar network is up, a ledger every %s ms
				  JSON-RPC    %s%s
				  friendbot   %s?addr=G...
				  faucet      %s?addr=G...&amount=100
				  passphrase  %s
				  USDC        %s
				  issuer      %s%s
				Stop with Ctrl+C; %s.""".formatted(this.interval.toMillis(), this.devnet.rpcUri(),
				this.secure ? "\n  HTTPS       " + this.devnet.httpsRpcUri() : "", this.devnet.friendbotUri(),
				this.devnet.faucetUri(), this.devnet.networkPassphrase(), this.devnet.usdcContract(),
				this.devnet.usdcIssuer(), accounts(),
				(this.state != null) ? "kept in " + this.state : "nothing is kept");
	}

	private String accounts() {
		StringBuilder lines = new StringBuilder();
		this.funded.accounts().forEach((account) -> lines.append("\n  account     ").append(account));
		return lines.toString();
	}

}

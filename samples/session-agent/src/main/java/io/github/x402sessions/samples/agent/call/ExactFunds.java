package io.github.x402sessions.samples.agent.call;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.util.List;

import io.github.x402sessions.client.X402Client;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.report.CallResult;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.Summary;

/**
 * The account itself, up to a limit: each call is signed for.
 *
 * @param client pays
 * @param asset what is paid with
 * @param cap the most to spend in all, base units
 */
public record ExactFunds(X402Client client, Asset asset, BigInteger cap) implements CallFunds {

	@Override
	public HttpClient httpClient() {
		return this.client.httpClient();
	}

	@Override
	public Summary summary(List<CallResult> results, int paid, BigInteger spent, Report report) {
		return new Summary(results.size(), paid, this.asset.toDecimal(spent),
				this.asset.toDecimal(this.cap.subtract(spent)), null, this.asset.symbol());
	}

}

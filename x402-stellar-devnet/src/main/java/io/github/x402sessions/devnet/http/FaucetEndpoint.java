package io.github.x402sessions.devnet.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.network.FundingException;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.UsdcAmount;
import io.github.x402sessions.devnet.xdr.Strkeys;

/**
 * Pays test USDC to an account, through a trustline that it opens where it is missing.
 *
 * @param network the network
 * @param timeout how long to wait for the ledger
 */
record FaucetEndpoint(LocalNetwork network, Duration timeout) implements Endpoint {

	private static final String DEFAULT_AMOUNT = "100";

	@Override
	public EndpointResponse answer(EndpointRequest request) throws InterruptedException {
		String account = request.parameter("addr");
		if (account == null || !Strkeys.isAccount(account)) {
			return refused("addr must be a G… account id");
		}
		String asked = request.parameter("amount");
		try {
			UsdcAmount amount = UsdcAmount.parse((asked != null) ? asked : DEFAULT_AMOUNT);
			Trustline line = LedgerWait.await(this.network.grantNext(account, amount.baseUnits()), this.timeout);
			return paid(account, amount, line);
		}
		catch (IllegalArgumentException ex) {
			return refused("amount " + ex.getMessage());
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof FundingException why) {
				return refused(String.valueOf(why.getMessage()));
			}
			throw new IllegalStateException(ex);
		}
	}

	private EndpointResponse paid(String account, UsdcAmount amount, Trustline line) {
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("successful", true);
		content.put("address", account);
		content.put("asset", this.network.parameters().usdc().contract());
		content.put("amount", amount.toDecimal().toPlainString());
		content.put("balance", BigDecimal.valueOf(line.balance(), UsdcAmount.DECIMALS).toPlainString());
		return EndpointResponse.ok("application/json", content);
	}

	private static EndpointResponse refused(String detail) {
		return EndpointResponse.problem(400, "Bad Request", Map.of("detail", detail));
	}

}

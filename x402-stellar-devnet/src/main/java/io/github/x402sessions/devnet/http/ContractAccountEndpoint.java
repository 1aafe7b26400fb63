package io.github.x402sessions.devnet.http;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.network.ContractAccounts;
import io.github.x402sessions.devnet.network.UsdcAmount;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens contract accounts.
 *
 * @param accounts opens them
 */
record ContractAccountEndpoint(ContractAccounts accounts) implements Endpoint {

	/** The path of this endpoint. */
	static final String PATH = AdminEndpoint.PATH + "/contract-accounts";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public EndpointResponse answer(EndpointRequest request) {
		if (!request.method().equals("POST")) {
			return EndpointResponse.problem(404, "Not Found", Map.of("detail", "known is POST " + PATH));
		}
		try {
			return opened(MAPPER.readValue(request.body(), Order.class));
		}
		catch (JacksonException ex) {
			return refused(ex.getOriginalMessage());
		}
		catch (IllegalArgumentException ex) {
			return refused(String.valueOf(ex.getMessage()));
		}
	}

	private EndpointResponse opened(Order order) {
		BigInteger limit = (order.spendingLimit() != null)
				? BigInteger.valueOf(UsdcAmount.parse(order.spendingLimit()).baseUnits()) : null;
		UsdcAmount balance = UsdcAmount.parse((order.usdc() != null) ? order.usdc() : "0");
		String address = this.accounts.open((order.signers() != null) ? order.signers() : List.of(), limit);
		if (balance.baseUnits() > 0) {
			this.accounts.grant(address, balance.baseUnits());
		}
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("address", address);
		content.put("balance", balance.toDecimal().toPlainString());
		return EndpointResponse.ok("application/json", content);
	}

	private static EndpointResponse refused(String detail) {
		return EndpointResponse.problem(400, "Bad Request", Map.of("detail", detail));
	}

	/**
	 * An account to open.
	 *
	 * @param signers the {@code G…} addresses of the keys, each of which may sign alone
	 * @param spendingLimit decimal USDC that no amount may exceed
	 * @param usdc decimal USDC to begin with
	 */
	record Order(@Nullable List<String> signers, @Nullable String spendingLimit, @Nullable String usdc) {
	}

}

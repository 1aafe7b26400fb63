package io.github.x402sessions.spring.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

/**
 * Describes an operation that has to be paid for: the 402 answer, and the extension
 * {@code x-payment-info} that agents look for prices in.
 */
final class PricedOperation {

	private static final String EXTENSION = "x-payment-info";

	private PricedOperation() {
	}

	static boolean isDescribed(Operation operation) {
		return operation.getExtensions() != null && operation.getExtensions().containsKey(EXTENSION);
	}

	static void describe(Operation operation, PricedRoute route, boolean pricedPerRequest) {
		operation.addExtension(EXTENSION, info(route, pricedPerRequest));
		ApiResponses responses = (operation.getResponses() != null) ? operation.getResponses() : new ApiResponses();
		operation.setResponses(responses);
		responses.addApiResponse("402",
				new ApiResponse()
					.description("Payment required: the terms are in the " + PaymentHeader.REQUIRED
							+ " header; repeat the request with " + PaymentHeader.SIGNATURE)
					.addHeaderObject(PaymentHeader.REQUIRED,
							new Header().description("Base64 of JSON").required(true).schema(new StringSchema()))
					.addHeaderObject(PaymentHeader.RESPONSE,
							new Header().description("Base64 of JSON, where a payment was refused")
								.schema(new StringSchema())));
	}

	private static Map<String, Object> info(PricedRoute route, boolean pricedPerRequest) {
		Map<String, Object> info = new LinkedHashMap<>();
		info.put("price", price(route.accepts().get(0), pricedPerRequest));
		info.put("protocols", List.of(Map.of("x402", Map.of("accepts", accepts(route, pricedPerRequest)))));
		FreeCalls free = route.free();
		if (free != null && free.perDay() > 0) {
			info.put("freePerDay", free.perDay());
		}
		return info;
	}

	private static Map<String, Object> price(PaymentTerms terms, boolean pricedPerRequest) {
		Map<String, Object> price = new LinkedHashMap<>();
		price.put("mode", pricedPerRequest ? "dynamic" : "fixed");
		if (!pricedPerRequest) {
			price.put("amount", terms.asset().toDecimal(terms.amount()));
		}
		price.put("asset", terms.asset().id());
		return price;
	}

	private static List<Map<String, Object>> accepts(PricedRoute route, boolean pricedPerRequest) {
		return route.accepts().stream().map((terms) -> {
			Map<String, Object> way = new LinkedHashMap<>();
			way.put("scheme", terms.scheme());
			way.put("network", terms.network());
			way.put("asset", terms.asset().id());
			way.put("payTo", terms.payTo());
			if (!pricedPerRequest) {
				way.put("amount", terms.amount().toString());
			}
			return way;
		}).toList();
	}

}

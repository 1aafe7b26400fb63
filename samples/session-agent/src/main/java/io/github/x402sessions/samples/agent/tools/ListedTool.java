package io.github.x402sessions.samples.agent.tools;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.funds.SpendingPlan;
import io.github.x402sessions.samples.agent.report.Content;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * A tool and what its server's list says that it costs.
 *
 * @param name its name
 * @param description what it does, by its server
 * @param paid whether the list says that it costs something
 * @param price what a call costs, a decimal; absent where the user cannot pay it
 * @param asset what the price is in
 * @param ways the ways to pay it
 */
public record ListedTool(String name, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description,
		boolean paid, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String price,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String asset, @JsonIgnore List<String> ways) {

	/** What its list entry may say of the price, in the tool's {@code _meta}. */
	private static final String REQUIRED = "x402/payment-required";

	private static final int MAX_TERMS = 64 * 1024;

	static ListedTool of(McpSchema.Tool tool, SpendingPlan plan) {
		String description = (tool.description() != null) ? Content.harmless(tool.description()) : null;
		List<PaymentRequirements> accepts = accepts(tool.meta());
		Asset asset = plan.asset();
		Optional<String> price = accepts.stream()
			.filter(plan::isOurs)
			.flatMap((asked) -> BaseUnits.read(asked.amount()).stream())
			.findFirst()
			.map(asset::toDecimal);
		return new ListedTool(Content.harmless(tool.name()), description, !accepts.isEmpty(), price.orElse(null),
				price.isPresent() ? asset.symbol() : null,
				accepts.stream()
					.map((asked) -> Content.harmless(asked.scheme() + " on " + asked.network()))
					.distinct()
					.toList());
	}

	private static List<PaymentRequirements> accepts(@Nullable Map<String, Object> meta) {
		Object terms = (meta != null) ? meta.get(REQUIRED) : null;
		if (terms == null) {
			return List.of();
		}
		try {
			return PaymentMeta.decode(PaymentMeta.encode(terms), PaymentRequired.class, MAX_TERMS).accepts();
		}
		catch (MalformedMessageException ex) {
			return List.of();
		}
	}

	/** A line for people. */
	String describe() {
		String cost;
		if (this.price != null) {
			cost = this.price + " " + this.asset + " a call";
		}
		else {
			cost = this.paid ? "by " + String.join(", ", this.ways) : "free";
		}
		String about = (this.description != null) ? this.description.lines().findFirst().orElse("") : "";
		return "%-24s %-20s %s".formatted(this.name, cost, about).stripTrailing();
	}

}

package io.github.x402sessions.samples.paidtools.agent;

import java.math.BigInteger;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.stereotype.Component;

/**
 * Tells a person at the console what is said, called and paid.
 */
@Component
class Narrator implements PaymentEventListener {

	private static final int PAYMENT_REQUIRED = 402;

	void tell(String who, String what) {
		System.out.println("%-9s%s".formatted(who, what.strip().replace("\n", "\n         ")));
	}

	@Override
	public void on(PaymentEvent event) {
		if (event instanceof PaymentEvent.Outcome outcome) {
			tell("payment",
					outcome.fold(
							(paid) -> amount(paid.asset(), paid.receipt().amount()) + ", transaction "
									+ paid.receipt().transaction(),
							(refused) -> (refused.status() == PAYMENT_REQUIRED)
									? "refused by the server, " + refused.reason() : "none, the tool has failed",
							(unknown) -> "perhaps " + amount(unknown.asset(), unknown.amount()) + ", " + unknown.why(),
							(declined) -> "none, for the reason " + declined.reason()
									+ ((declined.why() != null) ? ": " + declined.why() : ""),
							(overcharged) -> "more than agreed, nothing more is paid"));
		}
	}

	private static String amount(Asset asset, @Nullable BigInteger amount) {
		return (amount != null) ? asset.describe(amount) : "an amount that the server does not say";
	}

	/** A tool that tells when it is called. */
	ToolCallback telling(ToolCallback tool) {
		return new ToolCallback() {

			@Override
			public ToolDefinition getToolDefinition() {
				return tool.getToolDefinition();
			}

			@Override
			public String call(String input) {
				tell("call", tool.getToolDefinition().name() + " " + input);
				return tool.call(input);
			}

			@Override
			public String call(String input, @Nullable ToolContext context) {
				tell("call", tool.getToolDefinition().name() + " " + input);
				return tool.call(input, context);
			}

		};
	}

}

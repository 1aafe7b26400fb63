package io.github.x402sessions.client.payment;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Limits of one call beside those of the client that pays for it.
 *
 * @param budgets budgets that its payment counts in too, such as one of a server or of a
 * tool
 * @param payer what asks the client's payer: it may decline for it, or make it wait
 */
public record CallLimits(List<Budget> budgets, UnaryOperator<Payer> payer) {

	/** No other limits than the client's. */
	public static final CallLimits NONE = new CallLimits(List.of(), (payer) -> payer);

	/**
	 * Keep a copy of the budgets.
	 */
	public CallLimits {
		budgets = List.copyOf(budgets);
	}

}

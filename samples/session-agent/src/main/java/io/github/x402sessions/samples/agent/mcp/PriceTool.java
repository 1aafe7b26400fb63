package io.github.x402sessions.samples.agent.mcp;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.UnpaidAnswer;
import org.jspecify.annotations.Nullable;

/**
 * {@code x402_price}: tells what a request costs, and pays nothing.
 *
 * @param funds would pay
 */
record PriceTool(AgentFunds funds) implements AgentTool {

	private static final int MAX_WAYS = 16;

	@Override
	public Set<String> arguments() {
		return Set.of("url", "method", "headers", "body");
	}

	@Override
	public PriceResult call(Arguments arguments) {
		UnpaidAnswer answer = look(RequestArguments.read(arguments, this.funds, Optional.empty()));
		String left = asset().toDecimal(this.funds.left());
		if (!answer.wantsMoney()) {
			return new PriceResult(answer.status(), false, null, null, true, null, List.of(), left);
		}
		PaymentRequired challenge = answer.challenge();
		if (challenge == null) {
			throw new RefusedException(
					Refusal.of(RefusalCode.NOT_X402, "the server wants to be paid but does not say how by x402")
						.answered(answer.status()));
		}
		List<Way> ways = challenge.accepts()
			.stream()
			.limit(MAX_WAYS)
			.map((asked) -> Way.of(asked, asset(), this.funds.plan().isOurs(asked)))
			.toList();
		BigInteger price = price(challenge).orElse(null);
		String why = obstacle(price);
		return new PriceResult(answer.status(), true, (price != null) ? asset().toDecimal(price) : null,
				(price != null) ? asset().symbol() : null, why == null, why, ways, left);
	}

	private static UnpaidAnswer look(PricedUrl request) {
		try {
			return request.look();
		}
		catch (CannotStartException ex) {
			if (ex.getCause() instanceof MalformedMessageException) {
				throw new RefusedException(RefusalCode.NOT_X402,
						"the server asks for a payment in no way that makes sense");
			}
			throw new RefusedException(RefusalCode.NO_ANSWER, "the server gives no answer; nothing was paid");
		}
	}

	/** By the way that would be taken. */
	private Optional<BigInteger> price(PaymentRequired challenge) {
		return this.funds.plan()
			.scheme()
			.schemes()
			.stream()
			.flatMap((scheme) -> challenge.accepts().stream().filter((asked) -> asked.scheme().equals(scheme)))
			.filter((asked) -> this.funds.plan().isOurs(asked)
					&& BaseUnits.read(asked.amount()).filter((units) -> units.signum() > 0).isPresent())
			.map(PaymentRequirements::baseUnits)
			.findFirst();
	}

	private @Nullable String obstacle(@Nullable BigInteger price) {
		if (price == null) {
			return RefusalCode.TERMS_NOT_PAYABLE.code();
		}
		if (price.compareTo(this.funds.plan().maxPrice()) > 0) {
			return RefusalCode.PRICE_ABOVE_LIMIT.code();
		}
		return (price.compareTo(this.funds.left()) > 0) ? RefusalCode.BUDGET_EXHAUSTED.code() : null;
	}

	private Asset asset() {
		return this.funds.plan().asset();
	}

}

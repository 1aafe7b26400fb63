package io.github.x402sessions.samples.agent.mcp;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.funds.CallAllowance;
import io.github.x402sessions.samples.agent.offer.PricedUrl;

/**
 * {@code x402_fetch}: makes a request and pays for it within the user's limits.
 *
 * @param funds pay
 * @param maxBody how much of a body is passed on, bytes
 */
record FetchTool(AgentFunds funds, int maxBody) implements AgentTool {

	/** A session may have to be opened first, which waits for a ledger or two. */
	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private static final int MAX_KEY = 255;

	@Override
	public Set<String> arguments() {
		return Set.of("url", "method", "headers", "body", "max_price", "idempotency_key");
	}

	@Override
	public FetchResult call(Arguments arguments) {
		Optional<String> key = arguments.text("idempotency_key");
		if (key.filter((name) -> name.isBlank() || name.length() > MAX_KEY).isPresent()) {
			throw Arguments.invalid("idempotency_key has to have 1 to " + MAX_KEY + " characters");
		}
		PricedUrl request = RequestArguments.read(arguments, this.funds, key);
		BigInteger most = arguments.amount("max_price", this.funds.plan().asset()).orElse(this.funds.plan().maxPrice());
		CallAllowance call = this.funds.call(most);
		return new FetchOutcome(this.funds, call).result(send(request, call));
	}

	private HttpResponse<BoundedBody.Beginning> send(PricedUrl request, CallAllowance call) {
		CompletableFuture<HttpResponse<BoundedBody.Beginning>> answer = call.httpClient()
			.sendAsync(request.request(), BoundedBody.atMost(this.maxBody));
		try {
			return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			answer.cancel(true);
			call.abandon();
			throw new FetchOutcome(this.funds, call).lost();
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			call.abandon();
			Thread.currentThread().interrupt();
			throw new FetchOutcome(this.funds, call).lost();
		}
	}

}

package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionState;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.core.price.Asset;

/**
 * Makes the calls one after the other, paid or not, and counts.
 */
final class PaidCalls {

	private final Session session;

	private final PricedUrl url;

	private final BigInteger price;

	private final HttpClient client;

	private final Report report;

	PaidCalls(Session session, PricedUrl url, BigInteger price, Report report) {
		this.session = session;
		this.url = url;
		this.price = price;
		this.client = session.httpClient();
		this.report = report;
	}

	Summary run(int calls) {
		List<CallResult> results = new ArrayList<>();
		for (int number = 1; number <= calls && !Thread.currentThread().isInterrupted(); number++) {
			CallResult result = call();
			this.report.call(number, calls, result);
			results.add(result);
		}
		Summary summary = summary(results);
		this.report.summary(summary);
		return summary;
	}

	private CallResult call() {
		try {
			return CallResult.of(this.client.send(this.url.request(), BodyHandlers.ofString()), this.session.asset(),
					this.price);
		}
		catch (IOException ex) {
			return CallResult.lost(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return CallResult.lost(ex);
		}
	}

	private Summary summary(List<CallResult> results) {
		Asset asset = this.session.asset();
		int paid = (int) results.stream().filter(CallResult::isPaid).count();
		try {
			SessionState state = this.session.state();
			return new Summary(results.size(), paid, asset.toDecimal(state.spent()),
					asset.toDecimal(state.remaining()));
		}
		catch (X402Exception ex) {
			this.report.progress("the facilitator does not say where the session stands: " + ex.getMessage());
			BigInteger spent = spent(results);
			return new Summary(results.size(), paid, asset.toDecimal(spent),
					asset.toDecimal(this.session.cap().subtract(spent)));
		}
	}

	/** By the receipts. */
	private BigInteger spent(List<CallResult> results) {
		return results.stream()
			.filter(CallResult::isPaid)
			.map((result) -> this.session.asset().toBaseUnits(Objects.requireNonNull(result.amount())))
			.reduce(BigInteger.ZERO, BigInteger::add);
	}

}

package io.github.x402sessions.samples.agent.call;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.report.CallResult;
import io.github.x402sessions.samples.agent.report.Content;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.Summary;

/**
 * Makes the calls one after the other until one is not paid, and counts.
 */
public final class PaidCalls {

	private final CallFunds funds;

	private final LastPayment payment;

	private final CallPlan plan;

	private final BigInteger price;

	private final HttpClient client;

	private final Report report;

	private final List<CallResult> results = new CopyOnWriteArrayList<>();

	/**
	 * Create the calls.
	 * @param session pays
	 * @param payment hears what the session pays
	 * @param plan what is called and how often
	 * @param price what a call costs, base units
	 * @param report is told
	 */
	public PaidCalls(Session session, LastPayment payment, CallPlan plan, BigInteger price, Report report) {
		this(new SessionFunds(session), payment, plan, price, report);
	}

	/**
	 * Create calls that are paid by {@code exact}.
	 * @param funds pay
	 * @param payment hears what they pay
	 * @param plan what is called and how often
	 * @param price what a call costs, base units
	 * @param report is told
	 */
	public PaidCalls(ExactFunds funds, LastPayment payment, CallPlan plan, BigInteger price, Report report) {
		this((CallFunds) funds, payment, plan, price, report);
	}

	private PaidCalls(CallFunds funds, LastPayment payment, CallPlan plan, BigInteger price, Report report) {
		this.funds = funds;
		this.payment = payment;
		this.plan = plan;
		this.price = price;
		this.client = funds.httpClient();
		this.report = report;
	}

	public Summary run() {
		Interruption.telling(this::interrupted, this::makeCalls);
		if (this.results.size() < this.plan.calls()) {
			this.report.progress("stopped   after a call that was not paid; --keep-going goes on");
		}
		Summary summary = this.funds.summary(this.results, paid(), spent(), this.report);
		this.report.summary(summary);
		return summary;
	}

	private void makeCalls() {
		for (int number = 1; number <= this.plan.calls() && goesOn(); number++) {
			CallResult result = call();
			this.results.add(result);
			this.report.call(number, this.plan.calls(), result);
			keep(number, result);
		}
	}

	private boolean goesOn() {
		return !Thread.currentThread().isInterrupted()
				&& (this.plan.keepGoing() || this.results.stream().allMatch(CallResult::isPaid));
	}

	private void keep(int number, CallResult result) {
		OutputFile output = this.plan.output();
		if (result.isPaid() && !(output != null && isWritten(output, number, result.content()))) {
			this.report.content(result.content());
		}
	}

	private boolean isWritten(OutputFile output, int number, Content content) {
		try {
			this.report.progress("kept in   " + output.write(number, content.bytes()));
			return true;
		}
		catch (IOException ex) {
			this.report.progress("not kept  in " + output.place(number) + ": " + ex.getClass().getSimpleName());
			return false;
		}
	}

	private CallResult call() {
		Asset asset = this.funds.asset();
		try {
			return CallResult.of(this.client.send(this.plan.url().request(), BodyHandlers.ofByteArray()),
					this.payment.take(), asset, this.price);
		}
		catch (IOException ex) {
			return CallResult.lost(ex, this.payment.take(), asset);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return CallResult.lost(ex, this.payment.take(), asset);
		}
	}

	/** What a person has to know who does not wait for the end. */
	private void interrupted() {
		Asset asset = this.funds.asset();
		this.report.progress("interrupted: paid %d of %d calls, %s by their receipts; call %d was under way and may "
			.formatted(paid(), this.results.size(), asset.describe(spent()), this.results.size() + 1)
				+ "have been charged " + asset.describe(this.price) + " more");
	}

	private int paid() {
		return (int) this.results.stream().filter(CallResult::isPaid).count();
	}

	/** By the receipts. */
	private BigInteger spent() {
		return this.results.stream()
			.filter(CallResult::isPaid)
			.map((result) -> this.funds.asset().toBaseUnits(Objects.requireNonNull(result.amount())))
			.reduce(BigInteger.ZERO, BigInteger::add);
	}

}

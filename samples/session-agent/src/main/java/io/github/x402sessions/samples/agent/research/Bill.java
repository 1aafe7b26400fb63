package io.github.x402sessions.samples.agent.research;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.report.Report;

/**
 * Lines of what was bought.
 */
public final class Bill {

	private final Asset asset;

	private final List<Line> lines = new ArrayList<>();

	public Bill(Asset asset) {
		this.asset = asset;
	}

	void add(String what, PaymentReceipt receipt) {
		BigInteger amount = (receipt.amount() != null) ? receipt.amount() : BigInteger.ZERO;
		this.lines.add(new Line(what, amount, String.valueOf(receipt.transaction())));
	}

	public void print(Report report, BigInteger budget) {
		BigInteger total = this.lines.stream().map(Line::amount).reduce(BigInteger.ZERO, BigInteger::add);
		report.progress("");
		this.lines.forEach((line) -> report
			.progress("%-16s %12s  %s".formatted(line.what(), this.asset.describe(line.amount()), line.transaction())));
		report.progress("%-16s %12s  of %s; what is left stays in the wallet".formatted("total",
				this.asset.describe(total), this.asset.describe(budget)));
	}

	private record Line(String what, BigInteger amount, String transaction) {
	}

}

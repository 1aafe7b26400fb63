package io.github.x402sessions.samples.agent.report;

import java.io.PrintWriter;

/**
 * Tells people: one line each.
 */
public final class TextReport implements Report {

	private final PrintWriter out;

	public TextReport(PrintWriter out) {
		this.out = out;
	}

	@Override
	public void progress(String line) {
		print(line);
	}

	@Override
	public void line(String text) {
		print(text);
	}

	/** Its lines have it. */
	@Override
	public void object(Object value) {
	}

	@Override
	public void call(int number, int calls, CallResult result) {
		String outcome = result.isPaid() ? "paid " + (result.held() ? "at most " : "") + result.amount() + " "
				+ result.symbol() + " by " + settledBy(result) : "not paid: " + result.error();
		String charged = (result.perhapsCharged() != null)
				? "; " + result.perhapsCharged() + " " + result.symbol() + " may have been charged" : "";
		String left = (result.remaining() != null) ? ", " + result.remaining() + " " + result.symbol() + " left" : "";
		print("call %d/%d  %d %s%s%s".formatted(number, calls, result.status(), outcome, charged, left));
	}

	private static String settledBy(CallResult result) {
		return (result.commitment() != null) ? "commitment " + result.commitment()
				: String.valueOf(result.transaction());
	}

	@Override
	public void content(Content content) {
		if (content.bytes().length > 0) {
			print(content.shown());
		}
	}

	@Override
	public void summary(Summary summary) {
		print("paid %d of %d calls, spent %s %s, %s %s left".formatted(summary.paid(), summary.calls(), summary.spent(),
				summary.symbol(), summary.remaining(), summary.symbol()));
		DeferredCalls deferred = summary.deferred();
		if (deferred != null) {
			deferred.metered()
				.forEach((call) -> print("metered  call %d came to %s%s %s".formatted(call.number(),
						call.held() ? "at most " : "", call.amount(), summary.symbol())));
			print("deferred %d calls: %d confirmed (transactions: %d, saved: %d), %d open, %d released".formatted(
					deferred.calls(), deferred.confirmed(), deferred.transactions(), deferred.saved(), deferred.open(),
					deferred.released())
					+ ", %d defaulted, %d unknown".formatted(deferred.defaulted(), deferred.unknown()));
		}
	}

	@Override
	public void status(SessionStatus status) {
		String committed = (status.committed() != null) ? ", committed " + status.committed() + " " + status.symbol()
				: "";
		print("%s: cap %s %s, spent %s %s%s, %s %s left, until ledger %d, %s".formatted(status.status(), status.cap(),
				status.symbol(), status.spent(), status.symbol(), committed, status.remaining(), status.symbol(),
				status.expirationLedger(), (status.sessionKey() != null) ? "with a key" : "without a key"));
	}

	private void print(String line) {
		this.out.println(line);
		this.out.flush();
	}

}

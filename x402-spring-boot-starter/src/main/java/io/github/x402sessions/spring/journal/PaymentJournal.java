package io.github.x402sessions.spring.journal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.scheme.SignedCall;
import org.jspecify.annotations.Nullable;

/**
 * Writes what becomes of payments into the journal. Payments wait for no database; how a
 * deferred one ended is told again until the database has it. Thread-safe.
 */
final class PaymentJournal implements SettlementListener {

	private static final int ID_LENGTH = 32;

	private final JournalTable table;

	private final JournalWriter writer;

	private final Clock clock;

	PaymentJournal(JournalTable table, JournalWriter writer, Clock clock) {
		this.table = table;
		this.writer = writer;
		this.clock = clock;
	}

	@Override
	public void beforeSettle(Payment payment) {
		payment.attributes().put(PaymentJournal.class, this.clock.instant());
	}

	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		boolean committed = receipt.commitment().isPresent();
		this.writer.add(entry(payment, receipt, committed ? "committed" : "settled", paidStatus(receipt), null));
	}

	@Override
	public void onSettlementFailed(Payment payment, SettleResponse failure) {
		String reason = failure.errorReason();
		boolean unknown = "settlement_unknown".equals(reason) || "settlement_pending".equals(reason);
		this.writer.add(entry(payment, failure, "failed", unknown ? "unknown" : "failed", reason));
	}

	@Override
	public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
		this.writer.add(entry(payment, receipt, "paid_but_failed", paidStatus(receipt), Integer.toString(status)));
	}

	@Override
	public void onDeferralEnded(String recipient, SettlementNotice notice) {
		Instant now = this.clock.instant();
		this.table.append(List
			.of(new JournalEntry(notice.id(), notice.status(), notice.amount(), notice.asset(), notice.network(),
					notice.transaction(), notice.ledger(), notice.since().orElse(now).toString(), now.toString(),
					notice.payer(), notice.handle(), true, null, "deferral_ended", null, recipient, null, null)));
	}

	private JournalEntry entry(Payment payment, SettleResponse receipt, String event, String status,
			@Nullable String reason) {
		Instant now = this.clock.instant();
		Instant at = (payment.attributes().get(PaymentJournal.class) instanceof Instant asked) ? asked : now;
		boolean committed = receipt.commitment().isPresent();
		return new JournalEntry(id(payment, receipt), status, payment.charged().toString(), payment.asset().id(),
				payment.network(), committed ? null : receipt.transaction(), null, at.toString(), now.toString(),
				Optional.ofNullable(receipt.payer()).or(payment::payer).orElse(null), null, committed,
				resource(payment), event, payment.route(), payment.recipient(), reason,
				payment.identifier().map(Sha256::hex).orElse(null));
	}

	private static String paidStatus(SettleResponse receipt) {
		return receipt.commitment().isPresent() ? "committed" : "confirmed";
	}

	/**
	 * What a facilitator has settled once has one name, however often it is asked for, by
	 * a server that was restarted in between, too.
	 */
	private static String id(Payment payment, SettleResponse receipt) {
		if (receipt.commitment().isPresent()) {
			return receipt.transaction();
		}
		if (receipt.success() && !receipt.transaction().isEmpty() && payment.identifier().isPresent()) {
			return Sha256.hex(receipt.transaction() + "\n" + payment.identifier().get() + "\n"
					+ Sha256
						.hex(new String(WireJson.write(PaymentScheme.of(payment.scheme()).lasting(payload(payment))),
								StandardCharsets.UTF_8)))
				.substring(0, ID_LENGTH);
		}
		return UUID.randomUUID().toString();
	}

	private static @Nullable String resource(Payment payment) {
		try {
			return PaymentScheme.of(payment.scheme())
				.signedCall(payload(payment))
				.map(SignedCall::resource)
				.orElse(null);
		}
		catch (MalformedMessageException ex) {
			return null;
		}
	}

	private static PaymentPayload payload(Payment payment) {
		return payment.verified().request().paymentPayload();
	}

}

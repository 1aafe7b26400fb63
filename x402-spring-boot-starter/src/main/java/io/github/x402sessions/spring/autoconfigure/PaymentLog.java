package io.github.x402sessions.spring.autoconfigure;

import java.util.Optional;

import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each payment in one line, with its parts as key-value pairs for structured logs.
 * Payment identifiers are masked, and no session id is ever known here. What needs an
 * operator, an unknown outcome or a facilitator out of reach, is logged as an error by
 * the payment gate.
 */
final class PaymentLog implements SettlementListener {

	private static final Logger logger = LoggerFactory.getLogger(PaymentLog.class);

	private static final int SHOWN = 8;

	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		String charged = payment.asset().toDecimal(payment.charged());
		boolean deferred = receipt.commitment().isPresent();
		event(logger.atInfo(), deferred ? "committed" : "settled", payment).addKeyValue("x402.amount", charged)
			.addKeyValue(deferred ? "x402.commitment" : "x402.transaction", receipt.transaction())
			.log("Route '{}' {}: {} of {} on {}, by {} in {} {}", payment.route(),
					deferred ? "will be paid" : "was paid", charged, payment.asset().id(), payment.network(),
					payer(payment), deferred ? "commitment" : "transaction", receipt.transaction());
	}

	@Override
	public void onDeferralEnded(String recipient, SettlementNotice notice) {
		boolean paid = notice.deferral().filter(DeferralStatus.CONFIRMED::equals).isPresent();
		(paid ? logger.atInfo() : logger.atWarn()).addKeyValue("x402.event", notice.status())
			.addKeyValue("x402.commitment", notice.id())
			.addKeyValue("x402.transaction", notice.transaction())
			.log("Commitment {} of {} base units of {} on {} to {} is {}", notice.id(), notice.amount(), notice.asset(),
					notice.network(), recipient, notice.status().replace('_', ' '));
	}

	@Override
	public void onSettlementFailed(Payment payment, SettleResponse failure) {
		event(logger.atInfo(), "not_settled", payment).addKeyValue("x402.reason", failure.errorReason())
			.log("Route '{}' was not paid by {}: {}", payment.route(), payer(payment), failure.errorReason());
	}

	@Override
	public void beforeSettle(Payment payment) {
		event(logger.atDebug(), "settling", payment).log("Route '{}' is being paid by {}", payment.route(),
				payer(payment));
	}

	private static LoggingEventBuilder event(LoggingEventBuilder line, String event, Payment payment) {
		return line.addKeyValue("x402.event", event)
			.addKeyValue("x402.route", payment.route())
			.addKeyValue("x402.scheme", payment.scheme())
			.addKeyValue("x402.network", payment.network())
			.addKeyValue("x402.asset", payment.asset().id())
			.addKeyValue("x402.payer", payer(payment))
			.addKeyValue("x402.identifier", masked(payment.identifier()));
	}

	private static String payer(Payment payment) {
		return payment.payer().orElse("somebody");
	}

	private static String masked(Optional<String> identifier) {
		return identifier.map((id) -> id.substring(0, Math.min(SHOWN, id.length())) + "…").orElse("none");
	}

}

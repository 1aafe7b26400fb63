package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;

/**
 * Payments with one session, which the operator's policy allows unless a test changes
 * something.
 */
final class PaymentRequests {

	static final String TOKEN = "token";

	/** The last ledger of the session is 900, and it ends 12 ledgers before. */
	static final SessionTerms TERMS = new SessionTerms("stellar:testnet", "a".repeat(64), "GPAYER", "GSPENDER", "CUSDC",
			"GSHOP", BigInteger.valueOf(100), 900, null);

	static final SpendingPolicy POLICY = new SpendingPolicy(
			new SessionRules("stellar:testnet", TestSpenders.named("GSPENDER"), Set.of("CUSDC"), Set.of("GSHOP"), null,
					12, false),
			BigInteger.valueOf(2), BigInteger.valueOf(60), 0, Duration.ofMinutes(1), Duration.ofDays(30));

	private PaymentRequests() {
	}

	static PaymentRequirements asking(String amount) {
		return new PaymentRequirements("session", "stellar:testnet", amount, "CUSDC", "GSHOP", 60, Map.of());
	}

	static FacilitatorRequest of(String amount) {
		return of(asking(amount), Map.of("sessionId", TOKEN));
	}

	static FacilitatorRequest of(PaymentRequirements asked, Map<String, Object> payload) {
		return FacilitatorRequest.of(PaymentPayload.of(null, asked, payload), asked);
	}

	/** Return a payment that was made for what somebody else asks. */
	static FacilitatorRequest accepting(UnaryOperator<PaymentRequirements> change) {
		PaymentRequirements asked = asking("10");
		return FacilitatorRequest.of(PaymentPayload.of(null, change.apply(asked), Map.of("sessionId", TOKEN)), asked);
	}

}

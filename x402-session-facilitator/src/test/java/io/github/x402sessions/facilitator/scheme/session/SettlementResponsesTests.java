package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a settlement's caller is told.
 */
class SettlementResponsesTests {

	private static final Session SESSION = new Session("key", PaymentRequests.TERMS, 10, true, BigInteger.valueOf(30),
			BigInteger.valueOf(20), 900, null, BigInteger.ZERO, false);

	private final SettlementResponses answer = new SettlementResponses(PaymentRequests.of("10"), "GPAYER",
			new SessionId(PaymentRequests.TOKEN));

	static Stream<Arguments> failures() {
		return Stream.of(Arguments.of(new SettlementResult.NotSent("later"), "rpc_error"),
				Arguments.of(new SettlementResult.Refused(TransferFailure.ALLOWANCE), "session_superseded"),
				Arguments.of(new SettlementResult.Refused(TransferFailure.BALANCE), "onchain_transfer_failed"),
				Arguments.of(new SettlementResult.Conflict(), "payment_identifier_conflict"),
				Arguments.of(new SettlementResult.Duplicate(), "duplicate_settlement"),
				Arguments.of(new SettlementResult.CapExceeded(), "cap_exceeded"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whatMovedNothingHasAReasonAndNoTransaction(SettlementResult result, String reason) {
		SettleResponse response = this.answer.of(result);
		assertThat(response.success()).isFalse();
		assertThat(response.errorReason()).isEqualTo(reason);
		assertThat(response.errorMessage()).isNotBlank();
		assertThat(response.transaction()).isEmpty();
		assertThat(response.network()).isEqualTo("stellar:testnet");
	}

	@Test
	void whatIsOnItsWayNamesItsTransaction() {
		SettleResponse response = this.answer.of(new SettlementResult.Pending("ab"));
		assertThat(response.success()).isFalse();
		assertThat(response.errorReason()).isEqualTo("settlement_pending");
		assertThat(response.transaction()).isEqualTo("ab");
		assertThat(response.payer()).isEqualTo("GPAYER");
	}

	@Test
	void receiptTellsWhatTheSessionHasAndNotItsToken() {
		SettleResponse response = this.answer
			.of(new SettlementResult.Settled("ab", SessionAccount.balance(SESSION), false, 1, null, null));
		assertThat(response.success()).isTrue();
		assertThat(response.amount()).isEqualTo("10");
		assertThat(response.transaction()).isEqualTo("ab");
		assertThat(response.extensions()).containsOnlyKeys("session")
			.containsEntry("session", Map.of("id", new SessionId(PaymentRequests.TOKEN).handle(), "cap", "100", "spent",
					"30", "remaining", "50"));
		assertThat(response.toString()).doesNotContain(PaymentRequests.TOKEN);
	}

	@Test
	void receiptTellsWhetherItWasTakenTogetherOrToldBefore() {
		SettleResponse response = this.answer
			.of(new SettlementResult.Settled("ab", SessionAccount.balance(SESSION), true, 3, null, null));
		assertThat(response.extensions()).containsEntry(PaymentIdentifier.EXTENSION, Map.of("replayed", true))
			.extractingByKey("session")
			.extracting("coalesced")
			.isEqualTo("3");
	}

}

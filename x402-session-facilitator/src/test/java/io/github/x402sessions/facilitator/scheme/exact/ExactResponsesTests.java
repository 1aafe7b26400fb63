package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExactResponsesTests {

	private static final FundingBalance ANY = new FundingBalance(BigInteger.TEN, BigInteger.ZERO, BigInteger.ZERO);

	@Test
	void successNamesTransactionPayerAndNetwork() {
		SettleResponse answer = answer(new SettlementResult.Settled("hash", ANY, false, 1, null, null), false);
		assertThat(answer)
			.isEqualTo(new SettleResponse(true, null, null, "GPAYER", "hash", ExactRequests.NETWORK, "10", null));
		assertThat(PaymentIdentifier
			.isReplayed(answer(new SettlementResult.Settled("hash", ANY, true, 1, null, null), false))).isTrue();
	}

	@Test
	void everyRefusalHasItsName() {
		assertThat(reason(new SettlementResult.Refused(TransferFailure.BALANCE)))
			.isEqualTo("settle_exact_stellar_transaction_failed");
		assertThat(reason(new SettlementResult.NotSent("the node is away"))).isEqualTo("rpc_error");
		assertThat(reason(new SettlementResult.Duplicate())).isEqualTo("duplicate_settlement");
		assertThat(reason(new SettlementResult.CapExceeded())).isEqualTo("unexpected_settle_error");
		assertThat(reason(new SettlementResult.Conflict())).isEqualTo("duplicate_settlement");
		assertThat(answer(new SettlementResult.Conflict(), true).errorReason())
			.isEqualTo("payment_identifier_conflict");
	}

	@Test
	void whatIsOnItsWayIsNamed() {
		SettleResponse answer = answer(new SettlementResult.Pending("hash"), false);
		assertThat(answer.success()).isFalse();
		assertThat(answer.errorReason()).isEqualTo("settlement_pending");
		assertThat(answer.transaction()).isEqualTo("hash");
	}

	private static String reason(SettlementResult result) {
		return answer(result, false).errorReason();
	}

	private static SettleResponse answer(SettlementResult result, boolean aliasTaken) {
		return new ExactResponses(ExactRequests.of(ExactRequests.asking("10")), "GPAYER", aliasTaken).of(result);
	}

}

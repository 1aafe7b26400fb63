package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;
import java.time.Instant;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.ApproveVector;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.xdr.SorobanTransactionData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link QuotedApproval}: a facilitator cannot have anything signed but what
 * was asked for.
 */
class QuotedApprovalTests {

	private final ApproveVector vector = ApproveVector.read();

	private final ApprovalTerms terms = this.vector.terms();

	private final long soon = Instant.now().getEpochSecond() + 60;

	@Test
	void whatIsSignedIsWhatWasAskedForWhateverWasProposed() throws Exception {
		ApprovalTerms greedy = new ApprovalTerms(this.vector.user(), AccountKey.random().address(), this.vector.asset(),
				BigInteger.TWO.pow(100), 1, 0);
		UnsignedApproval honest = QuotedApproval.of(proposal(this.terms, 1000, this.soon), this.terms, 1720,
				Network.STELLAR_TESTNET);
		UnsignedApproval built = QuotedApproval.of(proposal(greedy, 1000, this.soon), this.terms, 1720,
				Network.STELLAR_TESTNET);
		assertThat(honest.envelope()).isEqualTo(proposal(this.terms, 1000, this.soon));
		assertThat(built.hashHex()).isEqualTo(honest.hashHex());
	}

	@Test
	void proposalsThatCostOrLastTooMuchOrAreNoneAreRefused() throws Exception {
		ApprovalTerms others = new ApprovalTerms(AccountKey.random().address(), this.vector.spender(),
				this.vector.asset(), this.terms.amount(), 1, 0);
		ApprovalTerms otherAsset = new ApprovalTerms(this.vector.user(), this.vector.spender(),
				"CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75", this.terms.amount(), 1, 0);
		assertRefused(proposal(others, 1000, this.soon), this.terms, "is not one of the payer's");
		assertRefused(proposal(this.terms, 30_000_000, this.soon), this.terms, "costs more");
		assertRefused(proposal(this.terms, 1000, this.soon + 7200), this.terms, "for more than an hour");
		assertRefused(proposal(this.terms, 1000, 0), this.terms, "for more than an hour");
		assertRefused(proposal(this.terms, 1000, this.soon), otherAsset, "touches more than the asset's own data");
		assertRefused("AAAA", this.terms, "cannot be read");
		assertThatExceptionOfType(ChainException.class).isThrownBy(
				() -> QuotedApproval.of(proposal(this.terms, 1000, this.soon), this.terms, 0, Network.STELLAR_TESTNET))
			.withMessageContaining("has no last ledger");
	}

	private static void assertRefused(String envelope, ApprovalTerms terms, String reason) {
		assertThatExceptionOfType(ChainException.class)
			.isThrownBy(() -> QuotedApproval.of(envelope, terms, 1720, Network.STELLAR_TESTNET))
			.withMessageContaining(reason);
	}

	private String proposal(ApprovalTerms proposed, long fee, long maxTime) throws Exception {
		SorobanTransactionData data = SorobanTransactionData.fromXdrBase64(this.vector.transactionData());
		return proposed.transaction(1720, Long.parseLong(this.vector.sequence()), maxTime, Network.STELLAR_TESTNET)
			.with(data, fee)
			.toEnvelopeXdrBase64();
	}

}

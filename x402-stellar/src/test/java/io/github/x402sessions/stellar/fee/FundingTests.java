package io.github.x402sessions.stellar.fee;

import java.util.List;
import java.util.stream.IntStream;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.AccountMergeOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lumens come back from accounts that are closed.
 */
class FundingTests {

	@Test
	void closedAccountsAllSignAndGoToTheSpender() throws Exception {
		AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));
		List<AccountKey> accounts = IntStream.range(0, Funding.MOST_MERGED)
			.mapToObj((slot) -> spender.derived("channel " + slot))
			.toList();
		SignedTransaction signed = new Funding("test", new FeePolicy(new FakeStellarRpc(), 100)).merge(spender,
				accounts, 8, 1_000);
		Transaction transaction = (Transaction) Transaction.fromEnvelopeXdr(signed.envelope(), new Network("test"));
		assertThat(transaction.getSequenceNumber()).isEqualTo(8);
		assertThat(transaction.getSignatures()).as("a transaction holds 20").hasSize(20);
		assertThat(transaction.getOperations()).extracting((operation) -> operation.getSourceAccount())
			.containsExactlyElementsOf(accounts.stream().map(AccountKey::address).toList());
		assertThat(transaction.getOperations())
			.allSatisfy((operation) -> assertThat(((AccountMergeOperation) operation).getDestination())
				.isEqualTo(spender.address()));
	}

}

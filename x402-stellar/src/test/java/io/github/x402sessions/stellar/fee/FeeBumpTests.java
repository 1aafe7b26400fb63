package io.github.x402sessions.stellar.fee;

import java.math.BigInteger;

import io.github.x402sessions.stellar.approval.ApproveCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.Account;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a bump costs is never less than it is, whatever the payer has declared.
 */
class FeeBumpTests {

	private final String payer = KeyPair.random().getAccountId();

	@ParameterizedTest
	@CsvSource({ "20000, 30000, 40000", "20000, 100, 20200", "9223372036854775757, 100, 9223372036854775807",
			"9223372036854775807, 100, 9223372036854775807", "-1, 100, 9223372036854775807" })
	void feeIsThatOfTheResourcesAndTwoPlaces(long resources, long declared, long fee) {
		ApproveCall approve = new ApproveCall("CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA", this.payer,
				KeyPair.random().getAccountId(), BigInteger.TEN, 1_000);
		Transaction inner = new TransactionBuilder(new Account(this.payer, 1L), Network.TESTNET)
			.addOperation(approve.operation())
			.setBaseFee(declared)
			.setTimeout(100)
			.setSorobanData(new SorobanDataBuilder().setResourceFee(resources).build())
			.build();
		assertThat(FeeBump.fee(inner)).isEqualTo(fee);
	}

}

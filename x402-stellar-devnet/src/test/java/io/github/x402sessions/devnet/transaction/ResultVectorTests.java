package io.github.x402sessions.devnet.transaction;

import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.devnet.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.stellar.sdk.xdr.OperationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Results, to the byte.
 */
class ResultVectorTests {

	private static final long FEE = 30_000;

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "SUCCESS", "FAILED", "BAD_MIN_SEQ_AGE_OR_GAP" })
	void refusalHasItsCodeAndNoFee(TransactionCode code) {
		assertThat(Rejection.of(code).result().toBase64()).isEqualTo(Vectors.text("/results/tx" + code + "_fee0"));
	}

	@Test
	void tooLowAFeeSaysWhatIsTheLeast() {
		assertThat(Rejection.feeBelow(1000).result().toBase64())
			.isEqualTo(Vectors.text("/results/txINSUFFICIENT_FEE_min1000"));
	}

	@ParameterizedTest
	@CsvSource({ "-1,MALFORMED", "-2,TRAPPED", "-3,RESOURCE_LIMIT_EXCEEDED", "-4,ENTRY_ARCHIVED",
			"-5,INSUFFICIENT_REFUNDABLE_FEE" })
	void failedCallHasItsCode(int code, String name) {
		assertThat(result(TransactionCode.FAILED, FEE, OperationResult.of(OperationType.INVOKE_HOST_FUNCTION, code)))
			.isEqualTo(Vectors.text("/results/txFAILED_INVOKE_HOST_FUNCTION_" + name));
	}

	@Test
	void callThatReturnedHasItsHash() {
		byte[] hash = HexFormat.of().parseHex(Vectors.text("/successPreimage/sha256"));
		assertThat(result(TransactionCode.SUCCESS, FEE, OperationResult.invoked(hash)))
			.isEqualTo(Vectors.text("/results/txSUCCESS_transferFrom"));
		byte[] inner = HexFormat.of().parseHex(Vectors.text("/feeBump/innerHash"));
		assertThat(new TransactionResult(30_200, TransactionCode.SUCCESS, List.of(OperationResult.invoked(hash)))
			.inside(inner)
			.toBase64()).isEqualTo(Vectors.text("/results/txFEE_BUMP_INNER_SUCCESS"));
	}

	@Test
	void classicOperationsHaveTheirCodes() {
		assertThat(result(TransactionCode.SUCCESS, 100, OperationResult.of(OperationType.PAYMENT, 0)))
			.isEqualTo(Vectors.text("/results/txSUCCESS_payment"));
		assertThat(result(TransactionCode.FAILED, 100, OperationResult.of(OperationType.PAYMENT, -6)))
			.isEqualTo(Vectors.text("/results/txFAILED_paymentNoTrust"));
		assertThat(result(TransactionCode.FAILED, 100, OperationResult.of(OperationType.CREATE_ACCOUNT, -4)))
			.isEqualTo(Vectors.text("/results/txFAILED_createAccountAlreadyExist"));
	}

	private static String result(TransactionCode code, long fee, OperationResult operation) {
		return new TransactionResult(fee, code, List.of(operation)).toBase64();
	}

}

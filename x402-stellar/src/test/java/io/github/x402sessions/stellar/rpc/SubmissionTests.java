package io.github.x402sessions.stellar.rpc;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubmissionTests {

	@Test
	void theCodeOfAPlainTransaction() {
		assertThat(error(0, 0, -5, 0).isBadSequence()).isTrue();
		assertThat(error(0, 0, -9, 0).isInsufficientFee()).isTrue();
	}

	@Test
	void theCodeOfWhatIsInsideAFeeBump() {
		int[] result = new int[16];
		result[2] = -13;
		result[13] = -5;
		assertThat(error(result).errorCode()).isEqualTo(-5);
		assertThat(error(result).isBadSequence()).isTrue();
	}

	@Test
	void whatIsTooShortHasNoCode() {
		assertThat(error(0, 0).errorCode()).isZero();
		assertThat(error(0, 0, -13).errorCode()).isZero();
		assertThat(new Submission(Submission.Status.ERROR, "!").errorCode()).isZero();
	}

	private static Submission error(int... words) {
		ByteBuffer xdr = ByteBuffer.allocate(words.length * Integer.BYTES);
		for (int word : words) {
			xdr.putInt(word);
		}
		return new Submission(Submission.Status.ERROR, Base64.getEncoder().encodeToString(xdr.array()));
	}

}

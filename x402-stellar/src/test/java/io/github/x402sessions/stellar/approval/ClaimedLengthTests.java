package io.github.x402sessions.stellar.approval;

import java.nio.ByteBuffer;
import java.util.Base64;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.ApproveVector;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.transaction.SequenceNumber;
import io.github.x402sessions.stellar.transaction.TokenCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * An envelope that claims any length in any place is refused or read: nothing is taken
 * for more than there is.
 */
class ClaimedLengthTests {

	private static final String PASSPHRASE = Network.STELLAR_TESTNET.passphrase();

	private final ApproveVector vector = ApproveVector.read();

	@ParameterizedTest
	@ValueSource(ints = { Integer.MAX_VALUE, 0x7fff_fff7, 0x4000_0000, -1 })
	void isComparedWithWhatThereIs(int claim) throws Exception {
		byte[] plain = Base64.getDecoder().decode(this.vector.envelope());
		byte[] bump = Base64.getDecoder().decode(bump());
		assertThat(TokenCall.of(this.vector.envelope())).isNotNull();
		assertThat(SequenceNumber.of(this.vector.envelope(), PASSPHRASE)).isNotNull();
		assertThat(SequenceNumber.of(bump(), PASSPHRASE)).isNull();
		for (int at = 0; at < plain.length; at += Integer.BYTES) {
			assertReadOrRefused(changed(plain, at, claim));
		}
		for (int at = 0; at < bump.length; at += Integer.BYTES) {
			assertReadOrRefused(changed(bump, at, claim));
		}
	}

	@Test
	void bytesAfterTheEndAreRefused() {
		byte[] plain = Base64.getDecoder().decode(this.vector.envelope());
		String longer = Base64.getEncoder().encodeToString(ByteBuffer.allocate(plain.length + 4).put(plain).array());
		assertThatIllegalArgumentException().isThrownBy(() -> SequenceNumber.of(longer, PASSPHRASE));
	}

	private void assertReadOrRefused(String envelope) {
		TokenCall.of(envelope);
		try {
			new ReceivedApprovalReader(new org.stellar.sdk.Network(PASSPHRASE)).read(envelope);
		}
		catch (MalformedMessageException ex) {
			assertThat(ex).hasMessageStartingWith("'transaction' ");
		}
		try {
			QuotedApproval.of(envelope, this.vector.terms(), 1720, Network.STELLAR_TESTNET);
		}
		catch (ChainException ex) {
			assertThat(ex).hasMessageContaining("transaction");
		}
		try {
			SequenceNumber.of(envelope, PASSPHRASE);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessage("this is no transaction's envelope");
		}
	}

	private String bump() throws Exception {
		Transaction inner = (Transaction) AbstractTransaction.fromEnvelopeXdr(this.vector.envelope(),
				new org.stellar.sdk.Network(PASSPHRASE));
		FeeBumpTransaction bump = new FeeBumpTransaction.Builder(inner).setFeeAccount(this.vector.spender())
			.setBaseFee(inner.getFee())
			.build();
		bump.sign(KeyPair.random());
		return bump.toEnvelopeXdrBase64();
	}

	private static String changed(byte[] envelope, int at, int claim) {
		return Base64.getEncoder().encodeToString(ByteBuffer.wrap(envelope.clone()).putInt(at, claim).array());
	}

}

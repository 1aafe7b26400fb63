package io.github.x402sessions.stellar.approval;

import java.util.Base64;
import java.util.HexFormat;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.ApproveVector;
import io.github.x402sessions.stellar.transaction.CallTransaction;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.xdr.SorobanTransactionData;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UnsignedApproval} and the transaction that it is made of.
 */
class UnsignedApprovalTests {

	private final ApproveVector vector = ApproveVector.read();

	private final AccountKey signer = AccountKey.of(this.vector.userSecret());

	@Test
	void signedTransactionHasTheBytesOfTheOtherSdk() throws Exception {
		UnsignedApproval unsigned = unsigned();
		assertThat(unsigned.hashHex()).isEqualTo(this.vector.hash());
		SignedApproval signed = unsigned.signed(this.signer.sign(unsigned.hash()));
		assertThat(signed.envelope()).isEqualTo(this.vector.envelope());
		assertThat(signed.hash()).isEqualTo(this.vector.hash());
		assertThat(signed.maxTime()).isEqualTo(Long.parseLong(this.vector.maxTime()));
	}

	@Test
	void unsimulatedTransactionCarriesItsOwnAuthorization() {
		String authorization = HexFormat.of().formatHex("approve".getBytes());
		String envelope = HexFormat.of()
			.formatHex(Base64.getDecoder().decode(transaction().unsimulated().toEnvelopeXdrBase64()));
		assertThat(envelope.split(authorization, -1)).as("once as the call, once as what is authorized").hasSize(3);
	}

	@Test
	void signatureOfAnotherAccountIsRefused() throws Exception {
		UnsignedApproval unsigned = unsigned();
		byte[] signature = AccountKey.random().sign(unsigned.hash());
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signed(signature))
			.withMessageContaining(this.vector.user());
		assertThatIllegalArgumentException().isThrownBy(() -> unsigned.signed(new byte[3]));
	}

	private UnsignedApproval unsigned() throws Exception {
		SorobanTransactionData resources = SorobanTransactionData.fromXdrBase64(this.vector.transactionData());
		return new UnsignedApproval(transaction().with(resources, Long.parseLong(this.vector.fee())),
				Long.parseLong(this.vector.expirationLedger()));
	}

	private CallTransaction transaction() {
		return this.vector.terms()
			.transaction(Long.parseLong(this.vector.expirationLedger()), Long.parseLong(this.vector.sequence()),
					Long.parseLong(this.vector.maxTime()), Network.STELLAR_TESTNET);
	}

}

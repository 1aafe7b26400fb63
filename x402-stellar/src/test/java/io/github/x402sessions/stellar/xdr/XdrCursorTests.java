package io.github.x402sessions.stellar.xdr;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.stellar.sdk.Account;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.scval.Scv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a stranger's bytes claim costs nothing.
 */
class XdrCursorTests {

	@Test
	void lengthsAreComparedWithWhatIsLeft() {
		byte[] claim = ByteBuffer.allocate(8).putInt(13).putInt(Integer.MAX_VALUE).array();
		assertThatIllegalArgumentException().isThrownBy(() -> new XdrCursor(claim).value());
		byte[] vector = ByteBuffer.allocate(12).putInt(16).putInt(1).putInt(Integer.MAX_VALUE).array();
		assertThatIllegalArgumentException().isThrownBy(() -> new XdrCursor(vector).value());
	}

	@Test
	void valuesNestAsDeepAsWeLetThem() {
		ByteBuffer deep = ByteBuffer.allocate(12 * 100_000);
		while (deep.hasRemaining()) {
			deep.putInt(16).putInt(1).putInt(1);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> new XdrCursor(deep.array()).value());
	}

	@Test
	void callThatClaimsTwoThousandMillionArgumentsIsNone() {
		String account = KeyPair.random().getAccountId();
		byte[] envelope = new TransactionBuilder(new Account(account, 1L), Network.TESTNET)
			.addOperation(ContractCall.operation(StrKey.encodeContract(new byte[32]), "transfer", null,
					Scv.toAddress(account), Scv.toAddress(account), Scv.toInt128(BigInteger.TEN)))
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, 0)).build())
			.setBaseFee(100)
			.build()
			.toEnvelopeXdrBase64()
			.transform(Base64.getDecoder()::decode);
		assertThat(CallEnvelope.of(Base64.getEncoder().encodeToString(envelope))).isNotNull();
		int function = new String(envelope, StandardCharsets.ISO_8859_1).indexOf("transfer");
		ByteBuffer.wrap(envelope).putInt(function + 8, Integer.MAX_VALUE);
		assertThat(CallEnvelope.of(Base64.getEncoder().encodeToString(envelope))).isNull();
	}

}

package io.github.x402sessions.devnet.transaction;

import java.util.Arrays;

import io.github.x402sessions.devnet.Vectors;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.TransactionEnvelope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The extension of declared resources that is newer than the SDK.
 */
class ArchivedEntryExtensionTests {

	private static final byte[] ARCHIVED = XdrCodec.bytes(Vectors.text("/sorobanDataExtV1_archived"));

	@Test
	void extensionIsTakenOutAndRead() {
		ArchivedEntryExtension extension = ArchivedEntryExtension.in(envelope());

		assertThat(extension.archived()).containsExactly(0);
		assertThat(extension.readable()).hasSize(envelope().length - 8);
		SorobanTransactionData data = XdrCodec
			.decode(extension.readable(), TransactionEnvelope::fromXdrByteArray, TransactionEnvelope::toXdrByteArray)
			.getV1()
			.getTx()
			.getExt()
			.getSorobanData();
		assertThat(data.getResources().getFootprint().getReadWrite()).hasSize(1);
		assertThat(data.getResourceFee().getInt64()).isEqualTo(1);
	}

	@Test
	void envelopeWithoutItIsLeftAsItIs() {
		byte[] plain = XdrCodec.bytes(Vectors.text("/approve/signed/envelopeXdr"));
		byte[] classic = XdrCodec.bytes(Vectors.text("/changeTrust/envelopeXdr"));
		byte[] bump = XdrCodec.bytes(Vectors.text("/feeBump/envelopeXdr"));

		for (byte[] envelope : new byte[][] { plain, classic, bump }) {
			assertThat(ArchivedEntryExtension.in(envelope).readable()).isEqualTo(envelope);
			assertThat(ArchivedEntryExtension.in(envelope).archived()).isEmpty();
		}
	}

	@Test
	void brokenEnvelopeIsLeftAsItIs() {
		byte[] whole = envelope();
		for (int length = 0; length < whole.length - Integer.BYTES; length++) {
			byte[] broken = Arrays.copyOf(whole, length);
			assertThat(broken.length - ArchivedEntryExtension.in(broken).readable().length).isIn(0, 8);
		}
		byte[] endless = whole.clone();
		endless[whole.length - ARCHIVED.length - Integer.BYTES + 4] = 0x7f;
		assertThat(ArchivedEntryExtension.in(endless).readable()).isEqualTo(endless);
	}

	/** The approval of the vectors with the archived data instead of its own. */
	private static byte[] envelope() {
		byte[] plain = XdrCodec.bytes(Vectors.text("/approve/unsimulated/envelopeXdr"));
		int end = plain.length - 2 * Integer.BYTES;
		return new XdrWriter().raw(Arrays.copyOf(plain, end)).int32(1).raw(ARCHIVED).int32(0).toBytes();
	}

}

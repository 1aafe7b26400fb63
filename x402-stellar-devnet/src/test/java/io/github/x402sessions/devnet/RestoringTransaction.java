package io.github.x402sessions.devnet;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanTransactionData;
import tools.jackson.databind.JsonNode;

/**
 * A transaction that declares which entries it restores, which the SDK cannot write.
 *
 * @param envelope the envelope, base64
 * @param hash its hash
 */
record RestoringTransaction(String envelope, String hash) {

	private static final int EXTENSION = 4;

	/**
	 * Prepares a call as its simulation says.
	 * @param chain where it is simulated
	 * @param source who sends and signs it
	 */
	static RestoringTransaction prepared(ManualNetwork chain, KeyPair source, Transaction call) {
		JsonNode simulated = chain.simulate(call);
		return of(chain, source, call, simulated, XdrCodec.bytes(simulated.get("transactionData").asString()));
	}

	/** Declares other data, of version 1, than the simulation. */
	static RestoringTransaction of(ManualNetwork chain, KeyPair source, Transaction call, JsonNode simulated,
			byte[] data) {
		List<SorobanAuthorizationEntry> consent = ManualNetwork
			.ask(() -> List.of(SorobanAuthorizationEntry.fromXdrBase64(simulated.at("/results/0/auth/0").asString())));
		InvokeHostFunctionOperation operation = (InvokeHostFunctionOperation) call.getOperations()[0];
		SorobanTransactionData readable = readable(data);
		Transaction plain = chain.builder(source,
				InvokeHostFunctionOperation.builder().hostFunction(operation.getHostFunction()).auth(consent).build())
			.setSorobanData(readable)
			.setBaseFee((int) (100 + readable.getResourceFee().getInt64()))
			.setTimeout(300)
			.build();
		byte[] body = XdrCodec.bytes(plain.toEnvelopeXdr().getV1().getTx()::toXdrByteArray);
		byte[] extended = new XdrWriter()
			.raw(Arrays.copyOf(body, body.length - XdrCodec.bytes(readable::toXdrByteArray).length))
			.raw(data)
			.toBytes();
		byte[] hash = XdrCodec
			.sha256(new XdrWriter().raw(plain.getNetwork().getNetworkId()).int32(2).raw(extended).toBytes());
		byte[] signature = XdrCodec.bytes(source.signDecorated(hash)::toXdrByteArray);
		return new RestoringTransaction(
				XdrCodec.base64(new XdrWriter().int32(2).raw(extended).array(List.of(signature)).toBytes()),
				HexFormat.of().formatHex(hash));
	}

	/** Data of version 1 as the SDK can read it. */
	static SorobanTransactionData readable(byte[] data) {
		byte[] plain = data.clone();
		if (data[EXTENSION - 1] == 1) {
			int cut = EXTENSION * (1 + data[2 * EXTENSION - 1]);
			plain = new XdrWriter().int32(0).raw(Arrays.copyOfRange(data, EXTENSION + cut, data.length)).toBytes();
		}
		return XdrCodec.decode(plain, SorobanTransactionData::fromXdrByteArray, SorobanTransactionData::toXdrByteArray);
	}

	/** The same data with other places of archived entries. */
	static byte[] restoring(byte[] data, int... places) {
		byte[] plain = XdrCodec.bytes(readable(data)::toXdrByteArray);
		return new XdrWriter().int32(1)
			.array(Arrays.stream(places).mapToObj((place) -> new XdrWriter().int32(place).toBytes()).toList())
			.raw(Arrays.copyOfRange(plain, EXTENSION, plain.length))
			.toBytes();
	}

}

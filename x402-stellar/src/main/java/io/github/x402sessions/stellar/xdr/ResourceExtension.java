package io.github.x402sessions.stellar.xdr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * Resources with the extension that names the archived entries which a transaction
 * restores (CAP-66): the SDK knows resources only without.
 *
 * @param data the resources without the extension
 * @param archived the places of the archived entries in the writable footprint, ascending
 */
public record ResourceExtension(SorobanTransactionData data, List<Integer> archived) {

	/**
	 * Read resources with or without the extension.
	 * @return them, or {@code null} if they make no sense, or are newer than we are
	 */
	public static @Nullable ResourceExtension read(String base64) {
		return Xdr.read(base64, (text) -> {
			ByteBuffer xdr = ByteBuffer.wrap(Base64.getDecoder().decode(text));
			List<Integer> archived = (xdr.getInt() == 1) ? indices(xdr) : List.of();
			ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES + xdr.remaining()).putInt(0).put(xdr);
			SorobanTransactionData data = archived.isEmpty() ? SorobanTransactionData.fromXdrBase64(text)
					: SorobanTransactionData.fromXdrByteArray(plain.array());
			int written = data.getResources().getFootprint().getReadWrite().length;
			return (archived.isEmpty() || archived.get(archived.size() - 1) < written)
					? new ResourceExtension(data, archived) : null;
		});
	}

	private static List<Integer> indices(ByteBuffer xdr) {
		List<Integer> indices = new ArrayList<>();
		int last = -1;
		for (int left = xdr.getInt(); left > 0; left--) {
			int index = xdr.getInt();
			if (index <= last) {
				throw new IllegalArgumentException("indices ascend");
			}
			indices.add(index);
			last = index;
		}
		return List.copyOf(indices);
	}

	/**
	 * Return the XDR of a transaction, its signatures left out, with the extension put in
	 * where it restores something. The resources are the last thing in it.
	 */
	public static byte[] body(Transaction transaction, List<Integer> archived) {
		try {
			byte[] body = transaction.toEnvelopeXdr().getV1().getTx().toXdrByteArray();
			if (archived.isEmpty()) {
				return body;
			}
			int extension = body.length - transaction.getSorobanData().toXdrByteArray().length;
			ByteBuffer extended = ByteBuffer.allocate(body.length + Integer.BYTES * (1 + archived.size()))
				.put(body, 0, extension)
				.putInt(1)
				.putInt(archived.size());
			archived.forEach(extended::putInt);
			int rest = extension + Integer.BYTES;
			return extended.put(body, rest, body.length - rest).array();
		}
		catch (IOException ex) {
			throw new IllegalStateException("writing to memory does not fail", ex);
		}
	}

}

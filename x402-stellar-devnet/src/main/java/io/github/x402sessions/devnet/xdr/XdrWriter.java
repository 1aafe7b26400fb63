package io.github.x402sessions.devnet.xdr;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes XDR by hand, for the shapes newer than the SDK's protocol 21. Variable-length
 * opaque data is not needed there; values that the SDK can encode go in as {@link #raw}.
 */
public final class XdrWriter {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	public XdrWriter int32(long value) {
		for (int shift = 24; shift >= 0; shift -= 8) {
			this.out.write((int) (value >>> shift));
		}
		return this;
	}

	public XdrWriter int64(long value) {
		return int32(value >>> 32).int32(value);
	}

	public XdrWriter raw(byte[] xdr) {
		this.out.writeBytes(xdr);
		return this;
	}

	public XdrWriter zeros(int count) {
		return raw(new byte[count]);
	}

	public XdrWriter array(List<byte[]> elements) {
		int32(elements.size());
		elements.forEach(this::raw);
		return this;
	}

	public XdrWriter optional(byte @Nullable [] xdr) {
		return (xdr != null) ? int32(1).raw(xdr) : int32(0);
	}

	public byte[] toBytes() {
		return this.out.toByteArray();
	}

}

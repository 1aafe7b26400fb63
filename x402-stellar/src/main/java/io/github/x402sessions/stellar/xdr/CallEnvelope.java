package io.github.x402sessions.stellar.xdr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.core.hash.Sha256;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Network;
import org.stellar.sdk.xdr.InvokeContractArgs;

/**
 * A transaction's envelope, read as far as its only operation's call. What comes after
 * that, the authorisations and resources, may be of kinds newer than the SDK and is not
 * read: where the transaction ends, and its signatures begin, its hash tells.
 */
public final class CallEnvelope {

	private static final int MOST_SIGNATURES = 20;

	private static final int LONGEST_SIGNATURE = 64;

	private final byte[] bytes;

	private final boolean feeBump;

	private final int start;

	private final int read;

	private final byte @Nullable [] callBytes;

	private final @Nullable InvokeContractArgs call;

	private CallEnvelope(byte[] bytes) throws IOException {
		XdrCursor in = new XdrCursor(bytes);
		this.bytes = bytes;
		int type = in.number();
		this.feeBump = type == EnvelopeWalk.FEE_BUMP;
		if (this.feeBump) {
			in.muxedAccount();
			in.skip(Long.BYTES);
			type = in.number();
		}
		this.start = in.position();
		this.callBytes = (type == EnvelopeWalk.PLAIN) ? readCall(in) : null;
		this.call = (this.callBytes != null) ? decoded(this.callBytes) : null;
		this.read = in.position();
	}

	/**
	 * Read an envelope.
	 * @return what could be read, or {@code null} if it is none, or newer than we are
	 */
	public static @Nullable CallEnvelope of(String envelope) {
		return Xdr.read(envelope, (base64) -> new CallEnvelope(Base64.getDecoder().decode(base64)));
	}

	private static byte @Nullable [] readCall(XdrCursor in) {
		EnvelopeWalk.toOperations(in);
		if (in.number() != 1) {
			return null;
		}
		if (in.present()) {
			in.muxedAccount();
		}
		if (in.number() != EnvelopeWalk.INVOKE_HOST_FUNCTION || in.number() != 0) {
			return null;
		}
		int begin = in.position();
		in.call();
		return in.since(begin);
	}

	/** Shared accounts among the arguments are newer than the SDK. */
	private static @Nullable InvokeContractArgs decoded(byte[] call) {
		try {
			return InvokeContractArgs.fromXdrByteArray(call);
		}
		catch (IOException | RuntimeException ex) { // the SDK throws both
			return null;
		}
	}

	/**
	 * Return the call as it stands there, or {@code null} if the transaction is not one
	 * single call.
	 */
	public byte @Nullable [] callBytes() {
		return (this.callBytes != null) ? this.callBytes.clone() : null;
	}

	/**
	 * Return the call, or {@code null} if the transaction is not one single call, or one
	 * that is newer than the SDK.
	 */
	public @Nullable InvokeContractArgs call() {
		return this.call;
	}

	boolean isFeeBump() {
		return this.feeBump;
	}

	/**
	 * Return the hash of the transaction that holds the call, where the envelope has a
	 * given hash: its own, or that of the transaction inside.
	 * @param hash the given hash, 64 hex digits
	 * @return the hash, or {@code null} if the envelope has another
	 */
	public @Nullable String innerHash(String hash, Network network) {
		if (!this.feeBump) {
			return hashes(network, this.bytes.length).contains(hash) ? hash : null;
		}
		for (int end : ends(this.bytes.length)) {
			List<String> inner = (intAt(end - Integer.BYTES) == 0) ? hashes(network, end - Integer.BYTES) : List.of();
			if (inner.contains(hash)) {
				return hash;
			}
			if (inner.size() == 1 && hash(network, EnvelopeWalk.FEE_BUMP, Integer.BYTES, end).equals(hash)) {
				return inner.get(0);
			}
		}
		return null;
	}

	private List<String> hashes(Network network, int limit) {
		return ends(limit).stream().map((end) -> hash(network, EnvelopeWalk.PLAIN, this.start, end)).toList();
	}

	/** Where a list of signatures could begin that ends at a limit. */
	private List<Integer> ends(int limit) {
		List<Integer> ends = new ArrayList<>();
		for (int end = this.read; end <= limit - Integer.BYTES; end += Integer.BYTES) {
			if (areSignatures(end, limit)) {
				ends.add(end);
			}
		}
		return ends;
	}

	private boolean areSignatures(int from, int limit) {
		int count = intAt(from);
		int at = from + Integer.BYTES;
		if (count < 0 || count > MOST_SIGNATURES) {
			return false;
		}
		for (int i = 0; i < count; i++) {
			int length = (at + 2 * Integer.BYTES <= limit) ? intAt(at + Integer.BYTES) : -1;
			if (length < 0 || length > LONGEST_SIGNATURE) {
				return false;
			}
			at += 2 * Integer.BYTES + (length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
		}
		return at == limit;
	}

	private int intAt(int offset) {
		return ByteBuffer.wrap(this.bytes).getInt(offset);
	}

	private String hash(Network network, int type, int from, int to) {
		return HexFormat.of().formatHex(hash(network, type, Arrays.copyOfRange(this.bytes, from, to)));
	}

	/** Return what is signed of a transaction. */
	public static byte[] hash(Network network, int type, byte[] transaction) {
		MessageDigest digest = Sha256.begin();
		digest.update(network.getNetworkId());
		digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(type).array());
		return digest.digest(transaction);
	}

}

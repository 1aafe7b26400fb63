package io.github.x402sessions.stellar.exact;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Address;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * The authorisation of one transfer that its payer has yet to sign: of that call, and of
 * nothing else.
 */
public final class UnsignedTransfer {

	private static final int SIGNATURE_LENGTH = 64;

	/** The longest signature of a contract's own kind that fits a header, bytes. */
	private static final int MOST = 4096;

	private final TransferCall call;

	private final AuthorisationNonce nonce;

	private final long signedAt;

	private final long lastLedger;

	UnsignedTransfer(TransferCall call, AuthorisationNonce nonce, long signedAt, long lastLedger) {
		this.call = call;
		this.nonce = nonce;
		this.signedAt = signedAt;
		this.lastLedger = lastLedger;
	}

	/**
	 * Return the last ledger in which the transfer can be made.
	 * @return the ledger's sequence number
	 */
	public long lastLedger() {
		return this.lastLedger;
	}

	/**
	 * Return what a wallet signs ({@code signAuthEntry} of SEP-43).
	 * @return the preimage of the hash that is signed, base64 XDR
	 */
	public String preimage() {
		return Base64.getEncoder().encodeToString(preimageBytes());
	}

	/**
	 * Return what a key signs.
	 * @return the hash of the preimage, 32 bytes
	 */
	public byte[] hash() {
		return hash(preimageBytes());
	}

	/**
	 * Return what is hashed of a preimage.
	 * @param preimage the preimage, base64 XDR
	 * @return its SHA-256, 32 bytes
	 * @throws IllegalArgumentException if that is no base64
	 */
	public static byte[] hash(String preimage) {
		return hash(Base64.getDecoder().decode(preimage));
	}

	/**
	 * Return the authorisation for a contract's wallet, which signs in a form of its own.
	 * @return the entry with no signature, base64 XDR
	 */
	public String entry() {
		return Base64.getEncoder().encodeToString(entry(WireBytes.of(Scv.toVoid()::toXdrByteArray)));
	}

	/**
	 * Add the signature of an account's key.
	 * @param signature the account's ed25519 signature of the hash, 64 bytes
	 * @return the signed authorisation
	 * @throws IllegalArgumentException if the payer is no account, or that is not its
	 * signature
	 */
	public AuthorisedTransfer signed(byte[] signature) {
		String from = this.call.transfer().from();
		if (!StellarAddress.isAccount(from)) {
			throw new IllegalArgumentException("a contract signs in its own form");
		}
		KeyPair account = KeyPair.fromAccountId(from);
		if (signature.length != SIGNATURE_LENGTH || !account.verify(hash(), signature)) {
			throw new IllegalArgumentException("the signature is not one of account " + from);
		}
		LinkedHashMap<SCVal, SCVal> one = new LinkedHashMap<>();
		one.put(Scv.toSymbol("public_key"), Scv.toBytes(account.getPublicKey()));
		one.put(Scv.toSymbol("signature"), Scv.toBytes(signature));
		return authorised(entry(WireBytes.of(Scv.toVec(List.of(Scv.toMap(one)))::toXdrByteArray)));
	}

	/**
	 * Take over an authorisation that somebody else has signed.
	 * @param entry the signed entry, base64 XDR
	 * @return the signed authorisation; whether its contract takes the signature, a
	 * simulation tells
	 * @throws IllegalArgumentException if it authorises anything else than this, or is
	 * not signed
	 */
	public AuthorisedTransfer signedAs(String entry) {
		byte[] signed = Base64.getDecoder().decode(entry);
		byte[] begin = credentials(this.nonce.value(), this.lastLedger);
		byte[] end = this.call.invocation();
		int length = signed.length - begin.length - end.length;
		if (length <= Integer.BYTES || length > MOST || !WireBytes.standsAt(0, begin, signed)
				|| !WireBytes.standsAt(signed.length - end.length, end, signed) || !isOneValue(signed, begin, length)) {
			throw new IllegalArgumentException("the signer signed another authorisation, or not at all");
		}
		return authorised(signed);
	}

	private static boolean isOneValue(byte[] signed, byte[] begin, int length) {
		XdrCursor in = new XdrCursor(Arrays.copyOfRange(signed, begin.length, begin.length + length));
		try {
			in.value();
			return in.position() == length;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Whether a node means this by what has to be authorised. The number and the last
	 * ledger are ours to choose.
	 */
	boolean isProposedBy(String entry) {
		byte[] proposed = decode(entry);
		byte[] end = new WireBytes().bytes(WireBytes.of(Scv.toVoid()::toXdrByteArray))
			.bytes(this.call.invocation())
			.toBytes();
		byte[] begin = new WireBytes().number(SignedPreimage.PLAIN).bytes(payer()).toBytes();
		return proposed != null && proposed.length == begin.length + Long.BYTES + Integer.BYTES + end.length
				&& WireBytes.standsAt(0, begin, proposed)
				&& WireBytes.standsAt(proposed.length - end.length, end, proposed);
	}

	TransferCall call() {
		return this.call;
	}

	private AuthorisedTransfer authorised(byte[] entry) {
		return new AuthorisedTransfer(this.call, this.nonce, entry, this.signedAt, this.lastLedger);
	}

	private byte[] entry(byte[] signature) {
		return new WireBytes().bytes(credentials(this.nonce.value(), this.lastLedger))
			.bytes(signature)
			.bytes(this.call.invocation())
			.toBytes();
	}

	private byte[] credentials(long number, long last) {
		return new WireBytes().number(SignedPreimage.PLAIN).bytes(payer()).number(number).number((int) last).toBytes();
	}

	private byte[] payer() {
		return WireBytes.of(new Address(this.call.transfer().from()).toSCAddress()::toXdrByteArray);
	}

	private byte[] preimageBytes() {
		return new SignedPreimage(SignedPreimage.PLAIN, payer(), this.nonce.value(), (int) this.lastLedger,
				this.call.invocation())
			.bytes(this.call.network());
	}

	private static byte[] hash(byte[] preimage) {
		return Sha256.begin().digest(preimage);
	}

	private static byte @Nullable [] decode(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return "UnsignedTransfer[" + this.call.transfer() + ", lastLedger=" + this.lastLedger + "]";
	}

}

package io.github.x402sessions.stellar.transaction;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.ResourceExtension;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.DecoratedSignature;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.Signature;

/**
 * A transaction of ours that is being signed. What it restores is put in before, because
 * the SDK knows no transactions that restore anything.
 */
public final class Signing {

	private static final int TYPE = EnvelopeType.ENVELOPE_TYPE_TX.getValue();

	private final byte[] body;

	private final byte[] hash;

	private final List<DecoratedSignature> signatures = new ArrayList<>();

	/**
	 * Begin.
	 * @param archived the places, in the writable footprint, of what is restored
	 */
	public Signing(Transaction transaction, List<Integer> archived, Network network) {
		this(ResourceExtension.body(transaction, archived), network);
	}

	/**
	 * Begin with a transaction that the SDK cannot write.
	 * @param body the transaction's XDR, without its type and signatures
	 */
	public Signing(byte[] body, Network network) {
		this.body = body;
		this.hash = CallEnvelope.hash(network, TYPE, this.body);
	}

	/**
	 * Sign.
	 * @throws SigningException if there is no signature now
	 */
	public void sign(AccountSigner signer, SigningPurpose purpose) {
		this.signatures.add(signature(this.hash, signer, purpose));
	}

	/**
	 * Sign a transaction that is written as it is.
	 * @throws SigningException if there is no signature now
	 */
	public static void sign(AbstractTransaction transaction, AccountSigner signer, SigningPurpose purpose) {
		transaction.addSignature(signature(transaction.hash(), signer, purpose));
	}

	private static DecoratedSignature signature(byte[] hash, AccountSigner signer, SigningPurpose purpose) {
		Signature signature = new Signature();
		signature.setSignature(signer.sign(hash, purpose));
		DecoratedSignature decorated = new DecoratedSignature();
		decorated.setHint(KeyPair.fromAccountId(signer.address()).getSignatureHint());
		decorated.setSignature(signature);
		return decorated;
	}

	public String hash() {
		return HexFormat.of().formatHex(this.hash);
	}

	/** Return the envelope's XDR, base64. */
	public String envelope() {
		try {
			ByteArrayOutputStream envelope = new ByteArrayOutputStream();
			envelope.write(number(TYPE));
			envelope.write(this.body);
			envelope.write(number(this.signatures.size()));
			for (DecoratedSignature signature : this.signatures) {
				envelope.write(signature.toXdrByteArray());
			}
			return Base64.getEncoder().encodeToString(envelope.toByteArray());
		}
		catch (IOException ex) {
			throw new IllegalStateException("writing to memory does not fail", ex);
		}
	}

	private static byte[] number(int value) {
		return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
	}

}

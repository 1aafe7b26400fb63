package io.github.x402sessions.devnet.transaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.x402sessions.devnet.contract.authorization.CredentialsForm;
import io.github.x402sessions.devnet.contract.authorization.Delegates;
import io.github.x402sessions.devnet.xdr.XdrRewriter;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.Memo;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.Preconditions;
import org.stellar.sdk.xdr.SequenceNumber;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.Uint32;

/**
 * Rewrites an envelope into a form that the SDK can read: muxed addresses have a
 * stand-in, credentials that are newer than the SDK are written in their first form, and
 * their real form is recorded beside it.
 */
final class EnvelopeDowngrade {

	private final byte[] sent;

	private final XdrRewriter in;

	private final List<Credentials> credentials = new ArrayList<>();

	private EnvelopeDowngrade(byte[] sent) {
		this.sent = sent;
		this.in = new XdrRewriter(sent);
	}

	/**
	 * Looks through an envelope.
	 * @param newerCredentials whether the protocol knows them
	 */
	static Decodable read(byte[] sent, boolean newerCredentials) {
		EnvelopeDowngrade envelope = new EnvelopeDowngrade(sent);
		try {
			envelope.read();
			boolean known = newerCredentials
					|| envelope.credentials.stream().allMatch((given) -> given.form() == CredentialsForm.PLAIN);
			return known ? new Decodable(envelope.in.toBytes(), List.copyOf(envelope.credentials)) : asItIs(sent);
		}
		catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			return asItIs(sent);
		}
	}

	/** One that cannot be read is for the SDK to refuse. */
	private static Decodable asItIs(byte[] sent) {
		return new Decodable(sent, List.of());
	}

	private void read() throws IOException {
		int type = this.in.int32();
		if (type == EnvelopeType.ENVELOPE_TYPE_TX_FEE_BUMP.getValue()) {
			this.in.copy(MuxedAccount::decode);
			this.in.copy(Int64::decode);
			type = this.in.int32();
		}
		if (type == EnvelopeType.ENVELOPE_TYPE_TX.getValue()) {
			readTransaction();
		}
		this.in.rest();
	}

	private void readTransaction() throws IOException {
		this.in.copy(MuxedAccount::decode);
		this.in.copy(Uint32::decode);
		this.in.copy(SequenceNumber::decode);
		this.in.copy(Preconditions::decode);
		this.in.copy(Memo::decode);
		int operations = this.in.int32();
		if (operations != 1) {
			return;
		}
		if (this.in.int32() == 1) {
			this.in.copy(MuxedAccount::decode);
		}
		if (this.in.int32() == OperationType.INVOKE_HOST_FUNCTION.getValue()) {
			readFunction();
			for (int left = this.in.int32(); left > 0; left--) {
				readCredentials();
				readInvocation();
			}
		}
	}

	private void readFunction() throws IOException {
		if (new XdrRewriter(remaining()).take() == HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT.getValue()) {
			this.in.int32();
			readCall();
		}
		else {
			this.in.copy(HostFunction::decode);
		}
	}

	private void readCall() {
		this.in.address();
		this.in.opaque();
		this.in.values();
	}

	private void readCredentials() {
		int type = this.in.take();
		if (type == SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT.getValue()) {
			this.in.put(type);
			this.credentials.add(Credentials.FIRST);
			return;
		}
		CredentialsForm form = CredentialsForm.numbered(type);
		this.in.put(CredentialsForm.PLAIN.number());
		this.in.address();
		this.in.copy(Long.BYTES);
		this.in.copy(Integer.BYTES);
		this.in.value();
		Delegates delegates = Delegates.NONE;
		if (form == CredentialsForm.DELEGATING) {
			delegates = Delegates.read(remaining());
			this.in.skip(delegates.xdr().length);
		}
		this.credentials.add(new Credentials(form, delegates));
	}

	private void readInvocation() {
		int type = this.in.int32();
		if (type != SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN.getValue()) {
			throw new IllegalArgumentException("nothing here is authorized but calls");
		}
		readCall();
		for (int left = this.in.int32(); left > 0; left--) {
			readInvocation();
		}
	}

	private byte[] remaining() {
		return Arrays.copyOfRange(this.sent, this.in.position(), this.sent.length);
	}

	/**
	 * The envelope that the SDK reads.
	 *
	 * @param xdr the envelope
	 * @param credentials those of the authorization entries, in their order
	 */
	@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
	record Decodable(byte[] xdr, List<Credentials> credentials) {

		/** The credentials of an entry. */
		Credentials credentials(int entry) {
			return (entry < this.credentials.size()) ? this.credentials.get(entry) : Credentials.FIRST;
		}

	}

	/**
	 * The real form of credentials.
	 *
	 * @param form their form
	 * @param delegates who else signs
	 */
	record Credentials(CredentialsForm form, Delegates delegates) {

		static final Credentials FIRST = new Credentials(CredentialsForm.PLAIN, Delegates.NONE);

	}

}

package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Predicate;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.xdr.WireAddress;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Network;

/**
 * Reads a transfer that its payer has signed and checks all of it that needs no chain.
 * The bytes are walked, never given to the SDK. What follows the authorisation, resources
 * and signatures, is not read, as fee, sequence number and bounds are not used: none of
 * it is copied. Credentials with delegates are refused. Thread-safe.
 */
public final class SignedTransferReader {

	/** A payment of a contract account with its signatures takes a quarter of it. */
	private static final int LONGEST = 32 * 1024;

	private static final int PLAIN = 2;

	private static final int INVOKE_HOST_FUNCTION = 24;

	private static final int LONGEST_SYMBOL = 32;

	private static final int ARGUMENTS = 3;

	private static final int I128 = 10;

	private static final int MOST_ENTRIES = 64;

	private static final int KEY = 32;

	private final Network network;

	private final Predicate<String> ours;

	/**
	 * Create a reader.
	 * @param passphrase the network's passphrase, which every signature covers
	 * @param ours knows the accounts of the facilitator by their addresses
	 */
	public SignedTransferReader(String passphrase, Predicate<String> ours) {
		this.network = new Network(passphrase);
		this.ours = ours;
	}

	/**
	 * Read a transfer, without a look at the ledger: one that was made has to be known
	 * again after it has expired.
	 * @param transaction what the payer sends, base64: a stranger's text
	 * @param terms what it has to be
	 * @return the transfer
	 * @throws ExactRefusedException if it is anything else
	 */
	public SignedTransfer read(String transaction, ExactTerms terms) {
		require(transaction.length() <= LONGEST, ExactRefusal.MALFORMED);
		try {
			return read(new XdrCursor(Base64.getDecoder().decode(transaction)), terms);
		}
		catch (IllegalArgumentException ex) {
			throw new ExactRefusedException(ExactRefusal.MALFORMED);
		}
	}

	private SignedTransfer read(XdrCursor in, ExactTerms terms) {
		require(in.number() == PLAIN, ExactRefusal.MALFORMED);
		String source = AccountKey.addressOf(in.muxedAccount());
		in.skip(Integer.BYTES + Long.BYTES);
		in.preconditions(0);
		require(in.number() == 0, ExactRefusal.MALFORMED);
		require(in.number() == 1, ExactRefusal.WRONG_OPERATION);
		String operationSource = in.present() ? AccountKey.addressOf(in.muxedAccount()) : source;
		require(in.number() == INVOKE_HOST_FUNCTION, ExactRefusal.WRONG_OPERATION);
		require(!this.ours.test(source) && !this.ours.test(operationSource), ExactRefusal.UNSAFE_SOURCE);
		require(in.number() == 0, ExactRefusal.WRONG_OPERATION);
		int start = in.position();
		Transfer transfer = call(in, terms);
		byte[] call = in.since(start);
		int entries = in.count(MOST_ENTRIES, Integer.BYTES);
		require(entries > 0, ExactRefusal.NO_AUTH_ENTRIES);
		require(entries == 1, ExactRefusal.UNEXPECTED_PENDING_SIGNATURES);
		return entry(in, transfer, call, terms);
	}

	private Transfer call(XdrCursor in, ExactTerms terms) {
		require(terms.asset().equals(WireAddress.read(in)), ExactRefusal.WRONG_ASSET);
		byte[] function = in.opaque(LONGEST_SYMBOL);
		require(Arrays.equals(function, new byte[] { 't', 'r', 'a', 'n', 's', 'f', 'e', 'r' })
				&& in.number() == ARGUMENTS, ExactRefusal.WRONG_FUNCTION_NAME);
		String from = argument(in, ExactRefusal.MALFORMED);
		require(!from.startsWith("M"), ExactRefusal.MALFORMED);
		require(!this.ours.test(from), ExactRefusal.FACILITATOR_IS_PAYER);
		String to = argument(in, ExactRefusal.WRONG_RECIPIENT);
		require(to.equals(terms.payTo()) && !WireAddress.account(to).equals(from), ExactRefusal.WRONG_RECIPIENT);
		require(in.number() == I128, ExactRefusal.WRONG_AMOUNT);
		require(new BigInteger(in.fixed(2 * Long.BYTES)).equals(terms.amount()), ExactRefusal.WRONG_AMOUNT);
		return new Transfer(terms.asset(), from, to, terms.amount());
	}

	private static String argument(XdrCursor in, ExactRefusal otherwise) {
		require(in.number() == WireAddress.VALUE, otherwise);
		@Nullable String address = WireAddress.read(in);
		if (address == null) {
			throw new ExactRefusedException(otherwise);
		}
		return address;
	}

	private SignedTransfer entry(XdrCursor in, Transfer transfer, byte[] call, ExactTerms terms) {
		int start = in.position();
		int type = in.number();
		require(type == SignedPreimage.PLAIN || type == SignedPreimage.NAMING,
				ExactRefusal.UNSUPPORTED_CREDENTIAL_TYPE);
		int addressStart = in.position();
		String address = WireAddress.read(in);
		byte[] addressBytes = in.since(addressStart);
		require(address == null || !this.ours.test(address), ExactRefusal.FACILITATOR_IN_AUTH);
		require(transfer.from().equals(address), ExactRefusal.MISSING_PAYER_SIGNATURE);
		long nonce = in.hyper();
		int expiration = in.number();
		int signatureStart = in.position();
		in.value();
		byte[] signature = in.since(signatureStart);
		int invocationStart = in.position();
		require(in.number() == 0, ExactRefusal.MISSING_PAYER_SIGNATURE);
		require(Arrays.equals(call, in.fixed(call.length)), ExactRefusal.MISSING_PAYER_SIGNATURE);
		require(in.number() == 0, ExactRefusal.HAS_SUBINVOCATIONS);
		byte[] invocation = in.since(invocationStart);
		byte[] entry = in.since(start);
		requireOursNowhere(entry);
		SignedPreimage preimage = new SignedPreimage(type, addressBytes, nonce, expiration, invocation);
		require(PayerSignature.isGiven(transfer.from(), signature, preimage.hash(this.network)),
				ExactRefusal.MISSING_PAYER_SIGNATURE);
		return new SignedTransfer(transfer, nonce, Integer.toUnsignedLong(expiration), terms.maxTimeoutSeconds(), call,
				entry);
	}

	/** As a signer, a recipient or whatever a contract makes of it. */
	private void requireOursNowhere(byte[] entry) {
		for (int at = 0; at + KEY <= entry.length; at += Integer.BYTES) {
			require(!this.ours.test(AccountKey.addressOf(Arrays.copyOfRange(entry, at, at + KEY))),
					ExactRefusal.FACILITATOR_IN_AUTH);
		}
	}

	private static void require(boolean condition, ExactRefusal otherwise) {
		if (!condition) {
			throw new ExactRefusedException(otherwise);
		}
	}

}

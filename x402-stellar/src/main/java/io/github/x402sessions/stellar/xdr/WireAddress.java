package io.github.x402sessions.stellar.xdr;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.Uint256;
import org.stellar.sdk.xdr.Uint64;
import org.stellar.sdk.xdr.XdrUnsignedHyperInteger;

/**
 * Addresses as they stand in a call and as people write them. The SDK knows no shared
 * accounts there.
 */
public final class WireAddress {

	/** The type of values that are addresses. */
	public static final int VALUE = 18;

	private static final int KEY = 32;

	private WireAddress() {
	}

	/**
	 * Read an address.
	 * @return it, or {@code null} if it is of a kind that neither pays nor is paid
	 * @throws IllegalArgumentException if it is none
	 */
	public static @Nullable String read(XdrCursor in) {
		int start = in.position();
		in.address();
		XdrCursor address = new XdrCursor(in.since(start));
		return switch (address.number()) {
			case 0 -> {
				address.skip(Integer.BYTES);
				yield StrKey.encodeEd25519PublicKey(address.fixed(KEY));
			}
			case 1 -> StrKey.encodeContract(address.fixed(KEY));
			case 2 -> shared(address.hyper(), address.fixed(KEY));
			default -> null;
		};
	}

	/**
	 * Return the address of a shared account.
	 * @param id its number within the account, any of 64 bits
	 * @param key the account's key, 32 bytes
	 * @return the address, {@code M…}
	 */
	public static String shared(long id, byte[] key) {
		MuxedAccount.MuxedAccountMed25519 body = new MuxedAccount.MuxedAccountMed25519();
		body.setId(new Uint64(new XdrUnsignedHyperInteger(new BigInteger(Long.toUnsignedString(id)))));
		body.setEd25519(new Uint256(key));
		MuxedAccount account = new MuxedAccount();
		account.setDiscriminant(CryptoKeyType.KEY_TYPE_MUXED_ED25519);
		account.setMed25519(body);
		return AccountConverter.enableMuxed().decode(account);
	}

	/**
	 * Return the account that is paid where a shared one is named, or the address itself.
	 */
	public static String account(String address) {
		return address.startsWith("M")
				? StrKey.encodeEd25519PublicKey(
						AccountConverter.enableMuxed().encode(address).getMed25519().getEd25519().getUint256())
				: address;
	}

}

package io.github.x402sessions.stellar.exact;

import java.nio.ByteBuffer;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.xdr.SharedAccount;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.StrKey;

/**
 * Addresses as they stand in a call and as people write them.
 */
final class WireAddress {

	/** The type of values that are addresses. */
	static final int VALUE = 18;

	private static final int KEY = 32;

	private WireAddress() {
	}

	/**
	 * Read an address.
	 * @return it, or {@code null} if it is of a kind that neither pays nor is paid
	 * @throws IllegalArgumentException if it is none
	 */
	static @Nullable String read(XdrCursor in) {
		int start = in.position();
		in.address();
		ByteBuffer bytes = ByteBuffer.wrap(in.since(start));
		return switch (bytes.getInt()) {
			case 0 -> AccountKey.addressOf(key(bytes.position(2 * Integer.BYTES)));
			case 1 -> StrKey.encodeContract(key(bytes));
			case 2 -> shared(bytes.getLong(), key(bytes));
			default -> null;
		};
	}

	private static byte[] key(ByteBuffer bytes) {
		byte[] key = new byte[KEY];
		bytes.get(key);
		return key;
	}

	static String shared(long id, byte[] key) {
		return SharedAccount.address(id, key);
	}

	/** The account that is paid where a shared one is named, or the address itself. */
	static String account(String address) {
		return address.startsWith("M")
				? AccountKey
					.addressOf(AccountConverter.enableMuxed().encode(address).getMed25519().getEd25519().getUint256())
				: address;
	}

}

package io.github.x402sessions.stellar.xdr;

import java.math.BigInteger;

import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.Uint256;
import org.stellar.sdk.xdr.Uint64;
import org.stellar.sdk.xdr.XdrUnsignedHyperInteger;

/**
 * Writes the addresses of shared accounts.
 */
public final class SharedAccount {

	private SharedAccount() {
	}

	/**
	 * Return the address of one.
	 * @param id its number within the account, any of 64 bits
	 * @param key the account's key, 32 bytes
	 * @return the address, {@code M…}
	 */
	public static String address(long id, byte[] key) {
		MuxedAccount.MuxedAccountMed25519 body = new MuxedAccount.MuxedAccountMed25519();
		body.setId(new Uint64(new XdrUnsignedHyperInteger(new BigInteger(Long.toUnsignedString(id)))));
		body.setEd25519(new Uint256(key));
		MuxedAccount account = new MuxedAccount();
		account.setDiscriminant(CryptoKeyType.KEY_TYPE_MUXED_ED25519);
		account.setMed25519(body);
		return AccountConverter.enableMuxed().decode(account);
	}

}

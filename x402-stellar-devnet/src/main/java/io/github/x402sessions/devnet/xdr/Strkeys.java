package io.github.x402sessions.devnet.xdr;

import org.stellar.sdk.Address;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.xdr.AccountID;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.PublicKey;
import org.stellar.sdk.xdr.PublicKeyType;
import org.stellar.sdk.xdr.SCAddress;
import org.stellar.sdk.xdr.Uint256;

/**
 * Translates between XDR identities and their names: {@code G…} accounts and {@code C…}
 * contracts.
 */
public final class Strkeys {

	private Strkeys() {
	}

	public static AccountID accountId(String account) {
		return new AccountID(new PublicKey.Builder().discriminant(PublicKeyType.PUBLIC_KEY_TYPE_ED25519)
			.ed25519(new Uint256(StrKey.decodeEd25519PublicKey(account)))
			.build());
	}

	public static String of(AccountID account) {
		return StrKey.encodeEd25519PublicKey(account.getAccountID().getEd25519().getUint256());
	}

	public static String of(MuxedAccount account) {
		return StrKey.encodeEd25519PublicKey(
				isMuxed(account) ? account.getMed25519().getEd25519().getUint256() : account.getEd25519().getUint256());
	}

	public static String of(SCAddress address) {
		return Address.fromSCAddress(address).toString();
	}

	public static boolean isMuxed(MuxedAccount account) {
		return account.getMed25519() != null;
	}

	public static boolean isContract(String address) {
		return address.startsWith("C");
	}

	/**
	 * Whether the text is a well-formed contract address.
	 */
	public static boolean isContractAddress(String text) {
		try {
			StrKey.decodeContract(text);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Whether the text is a well-formed ed25519 account id.
	 */
	public static boolean isAccount(String text) {
		try {
			StrKey.decodeEd25519PublicKey(text);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}

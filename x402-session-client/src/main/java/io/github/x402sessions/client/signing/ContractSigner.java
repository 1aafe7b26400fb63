package io.github.x402sessions.client.signing;

/**
 * Signs single payments for a contract that pays ({@code C…}), such as a smart wallet:
 * what its {@code __check_auth} takes is its own business.
 */
public interface ContractSigner {

	/**
	 * Return the contract that pays.
	 * @return its address, {@code C…}
	 */
	String contract();

	/**
	 * Sign the authorisation of one payment.
	 * @param entry the authorisation with no signature yet, base64 XDR
	 * @param passphrase the passphrase of its network
	 * @return the same authorisation with its signature, base64 XDR
	 */
	String signAuthEntry(String entry, String passphrase);

}

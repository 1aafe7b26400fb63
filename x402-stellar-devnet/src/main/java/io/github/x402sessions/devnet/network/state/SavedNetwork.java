package io.github.x402sessions.devnet.network.state;

import java.nio.file.Path;

/**
 * The identity of the network whose state a file holds.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param passphrase the network's passphrase
 * @param usdcIssuer the account that issues its USDC
 */
record SavedNetwork(String format, int version, String passphrase, String usdcIssuer) {

	private static final String FORMAT = "x402-stellar-devnet";

	private static final int VERSION = 1;

	static SavedNetwork of(NetworkParameters parameters) {
		return new SavedNetwork(FORMAT, VERSION, parameters.passphrase(), parameters.usdcIssuer());
	}

	void requireSame(NetworkParameters parameters, Path file) {
		if (!FORMAT.equals(this.format) || this.version != VERSION) {
			throw new IllegalArgumentException(file + " is no state of this network");
		}
		if (!equals(of(parameters))) {
			throw new IllegalArgumentException(
					file + " is the state of a network with another passphrase or issuer of USDC");
		}
	}

}

package io.github.x402sessions.facilitator.session.registration;

/**
 * Says why the network takes a payer's transaction never.
 */
final class NetworkRefusal {

	private NetworkRefusal() {
	}

	/** The numbers are those of {@code TransactionResultCode}. */
	static String sentence(int code) {
		return switch (code) {
			case -3 -> "is too old: ask for another quote";
			case -5 -> "has a sequence number that its account has used or skips: ask for another quote";
			case -6 -> "is not signed by its account";
			case -7 -> "cannot be paid for: its account has too few lumens";
			case -8 -> "has a source account that does not exist";
			case -9 -> "bids too low a fee";
			default -> "was refused by the network, code " + code;
		};
	}

}

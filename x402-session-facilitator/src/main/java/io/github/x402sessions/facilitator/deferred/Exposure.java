package io.github.x402sessions.facilitator.deferred;

import java.util.List;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Sums that a commitment between parties counts in: everybody's of its asset, the
 * recipient's, the payer's, and that of the two. Who does not matter for a sum has no
 * name in it.
 */
public final class Exposure {

	private Exposure() {
	}

	/**
	 * Return the names of the sums, in the order in which they are locked.
	 * @param parties the parties
	 */
	public static List<Parties> of(Parties parties) {
		return List.of(ofAll(parties), ofRecipient(parties), ofPayer(parties), parties);
	}

	/** Return the name of everybody's sum. */
	public static Parties ofAll(Parties parties) {
		return new Parties(parties.asset(), "", "");
	}

	/** Return the name of the recipient's sum. */
	public static Parties ofRecipient(Parties parties) {
		return new Parties(parties.asset(), "", parties.to());
	}

	/** Return the name of the payer's sum. */
	public static Parties ofPayer(Parties parties) {
		return new Parties(parties.asset(), parties.from(), "");
	}

}

package io.github.x402sessions.stellar.rpc;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A simulation of a transaction against the latest ledger. Only its resources are ever
 * used: nothing that a simulation proposes is signed unchecked.
 *
 * @param transactionData the XDR of the resources it needs; absent when it fails
 * @param minResourceFee the fee for those resources, stroops; 0 when it fails
 * @param error why it fails; absent when it does not
 * @param ledger the ledger it was tried against; 0 where the node does not say
 * @param returned the XDR of what its calls return; none when it fails
 * @param authorisations the XDR of the authorisations that it needs, or has; none when it
 * fails
 * @param events the XDR of what it would tell of; none when it fails
 */
public record Simulation(@Nullable String transactionData, long minResourceFee, @Nullable String error, long ledger,
		List<String> returned, List<String> authorisations, List<String> events) {

	private static final Pattern CONTRACT_ERROR = Pattern.compile("Error\\(Contract, #(\\d{1,6})\\)");

	/** Copy the lists. */
	public Simulation {
		returned = List.copyOf(returned);
		authorisations = List.copyOf(authorisations);
		events = List.copyOf(events);
	}

	/**
	 * Create one of which nobody asks who authorises it and what it would tell of.
	 * @param transactionData the XDR of the resources it needs; absent when it fails
	 * @param minResourceFee the fee for those resources, stroops; 0 when it fails
	 * @param error why it fails; absent when it does not
	 * @param ledger the ledger it was tried against; 0 where the node does not say
	 * @param returned the XDR of what its calls return; none when it fails
	 */
	public Simulation(@Nullable String transactionData, long minResourceFee, @Nullable String error, long ledger,
			List<String> returned) {
		this(transactionData, minResourceFee, error, ledger, returned, List.of(), List.of());
	}

	/**
	 * Return the number of the contract's error, from the first line of the message: the
	 * lines after it are for people.
	 * @return the number such as 9, or 0 if the contract raised none
	 */
	public int contractError() {
		if (this.error == null) {
			return 0;
		}
		Matcher matcher = CONTRACT_ERROR.matcher(this.error.lines().findFirst().orElse(""));
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

}

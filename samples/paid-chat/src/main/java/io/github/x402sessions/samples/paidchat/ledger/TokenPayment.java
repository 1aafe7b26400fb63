package io.github.x402sessions.samples.paidchat.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.x402sessions.stellar.transaction.TokenCall;

/**
 * The one call of a transaction, where it is one of those that payments are made of.
 *
 * @param function its name
 * @param contract the token's contract
 * @param parties who is named in it
 * @param amount the amount in it, base units
 */
record TokenPayment(String function, String contract, List<LedgerTransaction.Party> parties, BigInteger amount) {

	/** The arguments before the amount, which are addresses. */
	private static final Map<String, List<String>> ROLES = Map.of("approve", List.of("Allowed by", "Spender"),
			"transfer_from", List.of("Spender", "Paid by", "Paid to"), "transfer", List.of("Paid by", "Paid to"));

	static Optional<TokenPayment> of(String envelope) {
		TokenCall call = TokenCall.of(envelope);
		List<String> roles = (call != null) ? ROLES.get(call.function()) : null;
		if (call == null || roles == null || call.parties().size() != roles.size()) {
			return Optional.empty();
		}
		List<LedgerTransaction.Party> parties = IntStream.range(0, roles.size())
			.mapToObj((i) -> new LedgerTransaction.Party(roles.get(i), call.parties().get(i)))
			.toList();
		return Optional.of(new TokenPayment(call.function(), call.contract(), parties, call.amount()));
	}

}

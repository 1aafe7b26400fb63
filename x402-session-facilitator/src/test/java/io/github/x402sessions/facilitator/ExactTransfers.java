package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import io.github.x402sessions.stellar.exact.UnsignedTransfer;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.stellar.sdk.KeyPair;

/**
 * What payers of the exact scheme sign, and what resource servers send of it.
 */
final class ExactTransfers {

	/** So many ledgers of the network that a busy machine keeps up with them. */
	static final int TIMEOUT_SECONDS = 3_600;

	private ExactTransfers() {
	}

	/** Sign a transfer to the merchant, with a nonce of its own. */
	static String signed(FacilitatorEnvironment environment, KeyPair payer, long amount) {
		return signed(environment, payer, environment.merchant.getAccountId(), amount, UUID.randomUUID().toString(),
				TIMEOUT_SECONDS);
	}

	/** Sign a transfer whose nonce is made from a name. */
	static String signed(FacilitatorEnvironment environment, KeyPair payer, String to, long amount, String name,
			int seconds) {
		TransferAuthorisations authorisations = new TransferAuthorisations(
				new HttpStellarRpc(environment.devnet.rpcUri(), Duration.ofSeconds(10)),
				environment.devnet.networkPassphrase());
		UnsignedTransfer unsigned = authorisations.prepare(
				new Transfer(environment.devnet.usdcContract(), payer.getAccountId(), to, BigInteger.valueOf(amount)),
				name, Duration.ofSeconds(seconds));
		return authorisations
			.complete(unsigned.signed(AccountKey.of(new String(payer.getSecretSeed())).sign(unsigned.hash())));
	}

	/** A new payment, as a server sends it. */
	static Map<String, Object> payment(FacilitatorEnvironment environment, KeyPair payer, long amount) {
		return payment(environment, signed(environment, payer, amount), Map.of("amount", Long.toString(amount)));
	}

	/** What was signed, for terms of which some differ from the usual ones. */
	static Map<String, Object> payment(FacilitatorEnvironment environment, String transaction,
			Map<String, Object> changed) {
		return payment(terms(environment, changed), terms(environment, changed), Map.of("transaction", transaction));
	}

	static Map<String, Object> payment(Map<String, Object> accepted, Map<String, Object> asked,
			Map<String, Object> payload) {
		return Map.of("x402Version", 2, "paymentPayload",
				Map.of("x402Version", 2, "accepted", accepted, "payload", payload), "paymentRequirements", asked);
	}

	static Map<String, Object> terms(FacilitatorEnvironment environment, Map<String, Object> changed) {
		Map<String, Object> terms = new HashMap<>(Map.of("scheme", "exact", "network", "stellar:testnet", "amount",
				"100000", "asset", environment.devnet.usdcContract(), "payTo", environment.merchant.getAccountId(),
				"maxTimeoutSeconds", TIMEOUT_SECONDS, "extra", Map.of("areFeesSponsored", true)));
		terms.putAll(changed);
		return terms;
	}

}

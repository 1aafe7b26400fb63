package io.github.x402sessions.facilitator;

import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments that a server lets settle later.
 */
final class Commitments {

	static final Map<String, String> PROPERTIES = Map.of("facilitator.deferred.enabled", "true",
			"facilitator.deferred.recipients", "*", "facilitator.deferred.first-credit", "1.00",
			"facilitator.deferred.per-recipient", "50", "facilitator.deferred.total", "50");

	private static final long MANY_LEDGERS = 100_000;

	private Commitments() {
	}

	/** Open a session that lasts for long enough and return its id. */
	static String session(FacilitatorEnvironment environment, Payer payer, long cap) {
		return session(environment, payer, cap, MANY_LEDGERS);
	}

	static String session(FacilitatorEnvironment environment, Payer payer, long cap, long ledgers) {
		Reply reply = environment.client.post("/sessions",
				payer.approved(cap, environment.devnet.latestLedger() + ledgers));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	/** A payment that may be deferred, under an identifier of its own. */
	static Map<String, Object> of(FacilitatorEnvironment environment, String session, String id, String amount) {
		Map<String, Object> terms = Map.of("amount", amount, "extra", Map.of("spender",
				environment.spender.getAccountId(), "settlement", "deferred", "paymentIdentifier", true));
		return Payments.identified(Payments.of(environment, session, terms), id);
	}

	static Reply pay(FacilitatorEnvironment environment, String session, String amount) {
		Reply reply = environment.client.settle(of(environment, session, "pay_" + UUID.randomUUID(), amount));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		return reply;
	}

	/** Commit and return the commitment's name. */
	static String commit(FacilitatorEnvironment environment, String session, String amount) {
		String commitment = pay(environment, session, amount).text("transaction");
		assertThat(commitment).startsWith("cmt_");
		return commitment;
	}

}

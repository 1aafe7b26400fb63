package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.Transaction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways in which facilitators have been robbed or lost count.
 */
class TheftTests {

	private static final String NOT_AN_ASSET = StrKey.encodeContract(new byte[32]);

	/** An arbitrary contract as an asset could make the spender authorise anything. */
	@Test
	void contractThatIsNoStellarAssetIsNotRegisteredEvenIfListed() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			environment.stop();
			environment.start(Map.of("facilitator.assets", environment.devnet.usdcContract() + "," + NOT_AN_ASSET));
			Payer payer = environment.payer();
			Map<String, Object> claims = changed(payer.approved(1_000_000), "asset", NOT_AN_ASSET);
			Reply refused = environment.client.post("/sessions", Proofs.signed(claims, payer.key));
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.text("error")).contains("asset");
			Map<String, Object> wanted = changed(claims, "expiresIn", 3_600);
			wanted.remove("expirationLedger");
			assertThat(environment.client.post("/sessions/quote", wanted).text("error"))
				.isEqualTo("'asset' is not a Stellar Asset Contract");
		}
	}

	/** What a simulation proposes to authorise is not even read. */
	@Test
	void authorisationThatTheNodeProposesIsNotSigned() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				NodeProxy proxy = new NodeProxy(environment.devnet.rpcUri())) {
			List<String> simulated = new CopyOnWriteArrayList<>();
			proxy.answer = (method, text) -> {
				if (method.equals("simulateTransaction")) {
					simulated.add(text);
					return text.replaceAll("\"auth\":\\[[^]]*]", "\"auth\":[\"AAAAAAAAAAA=\",\"AAAAAAAAAAB=\"]");
				}
				return text;
			};
			environment.stop();
			environment.start(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.settle-timeout", "1s"));
			String id = environment.payer().session(1_000_000);
			proxy.holdsTransactions = true;
			environment.client.settle(Payments.of(environment, id, "100000"));
			assertThat(simulated).isNotEmpty();
			Matcher envelope = Pattern.compile("\"transaction\":\"([^\"]+)\"")
				.matcher(new String(proxy.held.getFirst()));
			assertThat(envelope.find()).isTrue();
			Transaction sent = (Transaction) AbstractTransaction.fromEnvelopeXdr(envelope.group(1),
					new Network(environment.devnet.networkPassphrase()));
			InvokeHostFunctionOperation call = (InvokeHostFunctionOperation) sent.getOperations()[0];
			assertThat(call.getAuth()).hasSize(1);
			assertThat(call.getAuth().get(0).getRootInvocation().getSubInvocations()).isEmpty();
			assertThat(call.getAuth().get(0).getRootInvocation().getFunction().getContractFn())
				.isEqualTo(call.getHostFunction().getInvokeContract());
			proxy.release();
		}
	}

	/** An approve is public: whoever reads it may not name the recipient. */
	@Test
	void strangersApproveIsNotRegisteredForOnesOwnAddress() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Map<String, Object> seen = environment.payer().approved(1_000_000);
			Payer thief = new Payer(environment, environment.seller());
			Map<String, Object> claims = changed(seen, "recipient", thief.address());
			assertThat(environment.client.post("/sessions", claims).text("error")).contains("'recipient' is not on");
			assertThat(environment.client.post("/sessions", Proofs.signed(claims, thief.key)).text("error"))
				.contains("'proof' is not the user's signature");
			assertThat(environment.client
				.post("/sessions", Proofs.signed(changed(claims, "user", thief.address()), thief.key))
				.text("error")).contains("'recipient' must not be the user");
		}
	}

	/** The second approve replaces the first, whether anybody registers it or not. */
	@Test
	void smallerSecondApproveEndsWhatTheFirstPromised() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Payer payer = environment.payer();
			String id = payer.session(1_000_000);
			payer.approved(1_000);
			Eventually.isTrue(() -> "session_superseded"
				.equals(environment.client.verify(Payments.of(environment, id, "100000")).text("invalidReason")));
			assertThat(environment.client.verify(Payments.of(environment, id, "1000")).text("invalidReason"))
				.as("for good")
				.isEqualTo("session_superseded");
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).text("errorReason"))
				.isEqualTo("session_superseded");
		}
	}

	/** Nobody is paid who cannot be, and nobody pays where nothing moves. */
	@Test
	void recipientWhoCannotBePaidIsNotRegistered() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Payer payer = environment.payer();
			Map<String, Object> claims = payer.approved(1_000_000);
			Map<String, String> recipients = new HashMap<>();
			recipients.put(payer.address(), "must not be the user");
			recipients.put(environment.spender.getAccountId(), "must not be this facilitator");
			recipients.put(environment.devnet.usdcContract(), "or the asset");
			recipients.put(payer.assetName().split(":")[1], "issuer");
			recipients.put("MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
					"not a Stellar address");
			recipients.put(KeyPair.random().getAccountId(), "no trustline");
			recipients.forEach((recipient, why) -> {
				Reply refused = environment.client.post("/sessions",
						Proofs.signed(changed(claims, "recipient", recipient), payer.key));
				assertThat(refused.status()).as(why).isEqualTo(400);
				assertThat(refused.text("error")).startsWith("'recipient'").contains(why);
			});
		}
	}

	/** A node may not know yet what another has just confirmed. */
	@Test
	void approveThatTheNodeDoesNotKnowYetIsWaitedFor() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				NodeProxy proxy = new NodeProxy(environment.devnet.rpcUri())) {
			AtomicInteger lagging = new AtomicInteger(3);
			proxy.answer = (method, text) -> (method.equals("getTransaction") && lagging.getAndDecrement() > 0)
					? text.replace("\"SUCCESS\"", "\"NOT_FOUND\"") : text;
			environment.stop();
			environment.start(Map.of("facilitator.rpc-url", proxy.url()));
			Reply registered = environment.client.post("/sessions", environment.payer().approved(1_000_000));
			assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
			assertThat(lagging.get()).isNotPositive();
		}
	}

	/** Prices are decimals to the last unit. */
	@Test
	void limitsAreExactToTheUnit() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.max-per-call", "922337203.6854775"))) {
			String id = environment.payer().session(1_000_000);
			assertThat(
					environment.client.verify(Payments.of(environment, id, "9223372036854776")).text("invalidReason"))
				.isEqualTo("per_call_limit_exceeded");
			assertThat(
					environment.client.verify(Payments.of(environment, id, "9223372036854775")).text("invalidReason"))
				.isEqualTo("cap_exceeded");
		}
	}

	private static Map<String, Object> changed(Map<String, Object> claims, String name, Object value) {
		Map<String, Object> changed = new HashMap<>(claims);
		changed.put(name, value);
		return changed;
	}

}

package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that does not say that it keeps track of payment identifiers takes each
 * success for the price of an answer: it is told of a payment once.
 */
class ToldOnceTests {

	private static final String ID = "pay_0123456789abcdef";

	private static final Map<String, String> IMPATIENT = Map.of("facilitator.settle-timeout", "1s");

	@Test
	void successIsToldOncePerIdentifierEvenByAnotherProcess() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(environment, session, ID, "100000");
			Map<String, Object> echoed = echoed(payment);
			assertThat(reason(environment.client.verify(payment))).isNull();
			Reply first = environment.client.settle(payment);
			assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
			assertThat(first.body().at("/extensions").has("payment-identifier")).isFalse();
			for (Map<String, Object> repeated : List.of(payment, echoed)) {
				assertDuplicate(environment, repeated);
			}
			environment.stop();
			environment.start(Map.of());
			assertDuplicate(environment, payment);
			Map<String, Object> tracked = Payments.tracked(payment);
			assertThat(reason(environment.client.verify(tracked))).isNull();
			assertThat(
					environment.client.settle(tracked).body().at("/extensions/payment-identifier/replayed").asBoolean())
				.isTrue();
			assertMoved(environment, session, 100_000);
		}
	}

	@Test
	void whatATrackingServerWasToldNobodyElseIs() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(environment, session, ID, "100000");
			assertThat(environment.client.settle(Payments.tracked(payment)).status()).isEqualTo(200);
			assertDuplicate(environment, payment);
			assertMoved(environment, session, 100_000);
		}
	}

	@Test
	void oneOfSeveralAtOnceIsTold() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(environment, session, ID, "100000");
			List<CompletableFuture<Reply>> calls = IntStream.range(0, 5)
				.mapToObj((call) -> CompletableFuture.supplyAsync(() -> environment.client.settle(payment)))
				.toList();
			List<Reply> replies = calls.stream().map(CompletableFuture::join).toList();
			assertThat(replies).filteredOn((reply) -> reply.status() == 200).hasSize(1);
			assertThat(replies).filteredOn((reply) -> reply.status() != 200)
				.extracting((reply) -> reply.text("errorReason"))
				.containsOnly("duplicate_settlement");
			assertMoved(environment, session, 100_000);
		}
	}

	@Test
	void pendingPaymentIsJoinedByItsIdentifier() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(IMPATIENT)) {
			String session = environment.payer().session(100_000);
			assertJoined(environment, session, Payments.identified(environment, session, ID, "100000"));
		}
	}

	@Test
	void pendingPaymentWithoutAnIdentifierIsJoinedByAnEqualOne() {
		Map<String, String> properties = new HashMap<>(IMPATIENT);
		properties.put("facilitator.channels", "3");
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(properties)) {
			String session = environment.payer().session(100_000);
			assertJoined(environment, session, Payments.of(environment, session, "100000"));
		}
	}

	private static void assertJoined(FacilitatorEnvironment environment, String session, Map<String, Object> payment) {
		environment.devnet.faults().pauseClosing();
		Reply first = environment.client.settle(payment);
		assertThat(first.text("errorReason")).as("%s", first.body()).isEqualTo("settlement_pending");
		assertThat(reason(environment.client.verify(payment))).as("nothing is left of its session").isNull();
		Reply second = environment.client.settle(payment);
		assertThat(second.text("errorReason")).isEqualTo("settlement_pending");
		assertThat(second.text("transaction")).isEqualTo(first.text("transaction")).isNotEmpty();
		environment.devnet.faults().resumeClosing();
		Eventually.isTrue(() -> environment.client.get("/sessions/" + session).text("spent").equals("100000"));
		Reply third = environment.client.settle(payment);
		assertThat(third.status()).as("%s", third.body()).isEqualTo(200);
		assertThat(third.text("transaction")).isEqualTo(first.text("transaction"));
		assertDuplicate(environment, payment);
		assertMoved(environment, session, 100_000);
	}

	@Test
	void otherPaymentsThanThePendingOneArePayments() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.settle-timeout", "1s", "facilitator.channels", "3"))) {
			String session = environment.payer().session(1_000_000);
			environment.devnet.faults().pauseClosing();
			Reply pending = environment.client.settle(Payments.of(environment, session, "100000"));
			Reply dearer = environment.client.settle(Payments.of(environment, session, "200000"));
			Reply named = environment.client.settle(Payments.identified(environment, session, ID, "100000"));
			assertThat(List.of(pending, dearer, named)).extracting((reply) -> reply.text("transaction"))
				.doesNotHaveDuplicates()
				.allMatch((hash) -> hash.matches("[0-9a-f]{64}"));
			environment.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> environment.client.get("/sessions/" + session).text("spent").equals("400000"));
		}
	}

	@Test
	void equalPaymentsWithoutAnIdentifierAreAsManyPayments() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.of(environment, session, "100000");
			List<String> hashes = IntStream.range(0, 3)
				.mapToObj((call) -> environment.client.settle(payment).text("transaction"))
				.toList();
			assertThat(hashes).doesNotHaveDuplicates();
			assertMoved(environment, session, 300_000);
		}
	}

	@Test
	void paymentOfAProcessThatEndedIsToldByTheNext() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(IMPATIENT)) {
			Payer payer = environment.payer();
			String session = payer.session(200_000);
			environment.devnet.faults().pauseClosing();
			Map<String, Object> unnamed = Payments.of(environment, session, "100000");
			assertThat(environment.client.settle(unnamed).status()).isEqualTo(503);
			try (TestDatabase books = environment.openDatabase()) {
				books.jdbc().sql("update settlement set waited_until = waited_until + 3600000").update();
			}
			environment.stop();
			environment.devnet.faults().resumeClosing();
			environment.devnet.closeLedger();
			environment.start(Map.of());
			assertThat(environment.client.settle(unnamed).status()).as("its caller waited when the process ended")
				.isEqualTo(200);
			assertMoved(environment, session, 100_000);
		}
	}

	@Test
	void whatOneNodeToldNoOtherTells() {
		try (TestDatabase shared = TestDatabase.postgres();
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			Map<String, String> properties = new HashMap<>(shared.properties());
			properties.putAll(IMPATIENT);
			environment.start(properties);
			try (FacilitatorServer server = FacilitatorServer.start(environment.properties(properties))) {
				FacilitatorClient other = new FacilitatorClient(server.url());
				String session = environment.payer().session(200_000);
				for (Map<String, Object> payment : List.of(Payments.of(environment, session, "100000"),
						Payments.identified(environment, session, ID, "100000"))) {
					environment.devnet.faults().pauseClosing();
					assertThat(environment.client.settle(payment).text("errorReason")).isEqualTo("settlement_pending");
					environment.devnet.faults().resumeClosing();
					Eventually
						.isTrue(() -> environment.client.get("/sessions/" + session).text("reserved").equals("0"));
					assertThat(other.settle(payment).status()).isEqualTo(200);
					assertDuplicate(environment, payment);
				}
				assertMoved(environment, session, 200_000);
			}
		}
	}

	@Test
	void whatCouldNotBeWrittenDownAsToldIsToldToTheNext() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				TestDatabase books = environment.openDatabase()) {
			String session = environment.payer().session(200_000);
			for (Map<String, Object> payment : List.of(Payments.of(environment, session, "100000"),
					Payments.identified(environment, session, ID, "100000"))) {
				books.jdbc().sql("""
						create trigger full_disk before update of told on settlement
						begin select raise(abort, 'the disk is full'); end""").update();
				Reply failed = environment.client.settle(payment);
				assertThat(failed.status()).isEqualTo(503);
				assertThat(failed.text("errorReason")).isEqualTo("settlement_pending");
				assertThat(failed.header("Retry-After") != null)
					.as("without an identifier nobody is invited to ask again")
					.isEqualTo(isIdentified(payment));
				books.jdbc().sql("drop trigger full_disk").update();
				assertThat(environment.client.settle(payment).status()).isEqualTo(200);
				assertDuplicate(environment, payment);
			}
			assertMoved(environment, session, 200_000);
		}
	}

	@Test
	void answerThatDidNotLeaveIsGivenOnceMore() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> named = Payments.identified(environment, session, ID, "100000");
			Map<String, Object> unnamed = Payments.of(environment, session, "200000");
			for (Map<String, Object> payment : List.of(named, unnamed)) {
				environment.devnet.faults().pauseClosing();
				BigInteger spent = new BigInteger(environment.client.get("/sessions/" + session).text("spent"));
				abandon(environment.server().url(), payment, () -> Eventually
					.isTrue(() -> !environment.client.get("/sessions/" + session).text("reserved").equals("0")));
				environment.devnet.faults().resumeClosing();
				Eventually.isTrue(() -> new BigInteger(environment.client.get("/sessions/" + session).text("spent"))
					.compareTo(spent) > 0);
				Eventually.isTrue(() -> isOwed(environment));
				assertThat(reason(environment.client.verify(payment))).isNull();
				assertThat(environment.client.settle(payment).status()).isEqualTo(200);
				assertDuplicate(environment, payment);
			}
			assertMoved(environment, session, 300_000);
		}
	}

	/** Ask for a settlement and go away before there is an answer. */
	private static void abandon(URI url, Map<String, Object> payment, Runnable meanwhile) {
		byte[] body = WireJson.write(payment);
		String head = "POST /settle HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
				+ body.length + "\r\n\r\n";
		try (Socket socket = new Socket(url.getHost(), url.getPort())) {
			socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(body);
			meanwhile.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isOwed(FacilitatorEnvironment environment) {
		try (TestDatabase books = environment.openDatabase()) {
			return books.jdbc()
				.sql("select count(*) from settlement where not told and waited_until < :now and status = 'CONFIRMED'")
				.param("now", System.currentTimeMillis())
				.query(Integer.class)
				.single() == 1;
		}
	}

	/** A client may echo what it likes: the server has not said it. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> echoed(Map<String, Object> payment) {
		Map<String, Object> accepted = (Map<String, Object>) Payments.tracked(payment).get("paymentRequirements");
		Map<String, Object> payload = new HashMap<>((Map<String, Object>) payment.get("paymentPayload"));
		payload.put("accepted", accepted);
		Map<String, Object> changed = new HashMap<>(payment);
		changed.put("paymentPayload", payload);
		return changed;
	}

	private static boolean isIdentified(Map<String, Object> payment) {
		return ((Map<?, ?>) payment.get("paymentPayload")).containsKey("extensions");
	}

	private static void assertDuplicate(FacilitatorEnvironment environment, Map<String, Object> payment) {
		Reply verified = environment.client.verify(payment);
		assertThat(verified.body().get("isValid").asBoolean()).isFalse();
		assertThat(reason(verified)).isEqualTo("duplicate_settlement");
		Reply settled = environment.client.settle(payment);
		assertThat(settled.status()).isEqualTo(400);
		assertThat(settled.text("errorReason")).isEqualTo("duplicate_settlement");
	}

	private static String reason(Reply verified) {
		return verified.text("invalidReason");
	}

	private static void assertMoved(FacilitatorEnvironment environment, String session, long amount) {
		assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(amount));
		assertThat(environment.client.get("/sessions/" + session).text("spent")).isEqualTo(Long.toString(amount));
	}

}

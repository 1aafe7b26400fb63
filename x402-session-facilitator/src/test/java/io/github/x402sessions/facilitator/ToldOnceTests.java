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
		try (Town town = Town.open()) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(town, session, ID, "100000");
			Map<String, Object> echoed = echoed(payment);
			assertThat(reason(town.client.verify(payment))).isNull();
			Reply first = town.client.settle(payment);
			assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
			assertThat(first.body().at("/extensions").has("payment-identifier")).isFalse();
			for (Map<String, Object> repeated : List.of(payment, echoed)) {
				assertDuplicate(town, repeated);
			}
			town.stop();
			town.start(Map.of());
			assertDuplicate(town, payment);
			Map<String, Object> tracked = Payments.tracked(payment);
			assertThat(reason(town.client.verify(tracked))).isNull();
			assertThat(town.client.settle(tracked).body().at("/extensions/payment-identifier/replayed").asBoolean())
				.isTrue();
			assertMoved(town, session, 100_000);
		}
	}

	@Test
	void whatATrackingServerWasToldNobodyElseIs() {
		try (Town town = Town.open()) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(town, session, ID, "100000");
			assertThat(town.client.settle(Payments.tracked(payment)).status()).isEqualTo(200);
			assertDuplicate(town, payment);
			assertMoved(town, session, 100_000);
		}
	}

	@Test
	void oneOfSeveralAtOnceIsTold() {
		try (Town town = Town.open()) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> payment = Payments.identified(town, session, ID, "100000");
			List<CompletableFuture<Reply>> calls = IntStream.range(0, 5)
				.mapToObj((call) -> CompletableFuture.supplyAsync(() -> town.client.settle(payment)))
				.toList();
			List<Reply> replies = calls.stream().map(CompletableFuture::join).toList();
			assertThat(replies).filteredOn((reply) -> reply.status() == 200).hasSize(1);
			assertThat(replies).filteredOn((reply) -> reply.status() != 200)
				.extracting((reply) -> reply.text("errorReason"))
				.containsOnly("duplicate_settlement");
			assertMoved(town, session, 100_000);
		}
	}

	@Test
	void pendingPaymentIsJoinedByItsIdentifier() {
		try (Town town = Town.open(IMPATIENT)) {
			String session = town.payer().session(100_000);
			assertJoined(town, session, Payments.identified(town, session, ID, "100000"));
		}
	}

	@Test
	void pendingPaymentWithoutAnIdentifierIsJoinedByAnEqualOne() {
		Map<String, String> properties = new HashMap<>(IMPATIENT);
		properties.put("facilitator.channels", "3");
		try (Town town = Town.open(properties)) {
			String session = town.payer().session(100_000);
			assertJoined(town, session, Payments.of(town, session, "100000"));
		}
	}

	private static void assertJoined(Town town, String session, Map<String, Object> payment) {
		town.devnet.faults().pauseClosing();
		Reply first = town.client.settle(payment);
		assertThat(first.text("errorReason")).as("%s", first.body()).isEqualTo("settlement_pending");
		assertThat(reason(town.client.verify(payment))).as("nothing is left of its session").isNull();
		Reply second = town.client.settle(payment);
		assertThat(second.text("errorReason")).isEqualTo("settlement_pending");
		assertThat(second.text("transaction")).isEqualTo(first.text("transaction")).isNotEmpty();
		town.devnet.faults().resumeClosing();
		Eventually.isTrue(() -> town.client.get("/sessions/" + session).text("spent").equals("100000"));
		Reply third = town.client.settle(payment);
		assertThat(third.status()).as("%s", third.body()).isEqualTo(200);
		assertThat(third.text("transaction")).isEqualTo(first.text("transaction"));
		assertDuplicate(town, payment);
		assertMoved(town, session, 100_000);
	}

	@Test
	void otherPaymentsThanThePendingOneArePayments() {
		try (Town town = Town.open(Map.of("facilitator.settle-timeout", "1s", "facilitator.channels", "3"))) {
			String session = town.payer().session(1_000_000);
			town.devnet.faults().pauseClosing();
			Reply pending = town.client.settle(Payments.of(town, session, "100000"));
			Reply dearer = town.client.settle(Payments.of(town, session, "200000"));
			Reply named = town.client.settle(Payments.identified(town, session, ID, "100000"));
			assertThat(List.of(pending, dearer, named)).extracting((reply) -> reply.text("transaction"))
				.doesNotHaveDuplicates()
				.allMatch((hash) -> hash.matches("[0-9a-f]{64}"));
			town.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> town.client.get("/sessions/" + session).text("spent").equals("400000"));
		}
	}

	@Test
	void equalPaymentsWithoutAnIdentifierAreAsManyPayments() {
		try (Town town = Town.open()) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> payment = Payments.of(town, session, "100000");
			List<String> hashes = IntStream.range(0, 3)
				.mapToObj((call) -> town.client.settle(payment).text("transaction"))
				.toList();
			assertThat(hashes).doesNotHaveDuplicates();
			assertMoved(town, session, 300_000);
		}
	}

	@Test
	void paymentOfAProcessThatEndedIsToldByTheNext() {
		try (Town town = Town.open(IMPATIENT)) {
			Payer payer = town.payer();
			String session = payer.session(200_000);
			town.devnet.faults().pauseClosing();
			Map<String, Object> unnamed = Payments.of(town, session, "100000");
			assertThat(town.client.settle(unnamed).status()).isEqualTo(503);
			try (TestDatabase books = town.openDatabase()) {
				books.jdbc().sql("update settlement set waited_until = waited_until + 3600000").update();
			}
			town.stop();
			town.devnet.faults().resumeClosing();
			town.devnet.closeLedger();
			town.start(Map.of());
			assertThat(town.client.settle(unnamed).status()).as("its caller waited when the process ended")
				.isEqualTo(200);
			assertMoved(town, session, 100_000);
		}
	}

	@Test
	void whatOneNodeToldNoOtherTells() {
		try (TestDatabase shared = TestDatabase.postgres(); Town town = Town.withoutFacilitator()) {
			Map<String, String> properties = new HashMap<>(shared.properties());
			properties.putAll(IMPATIENT);
			town.start(properties);
			try (FacilitatorServer server = FacilitatorServer.start(town.properties(properties))) {
				FacilitatorClient other = new FacilitatorClient(server.url());
				String session = town.payer().session(200_000);
				for (Map<String, Object> payment : List.of(Payments.of(town, session, "100000"),
						Payments.identified(town, session, ID, "100000"))) {
					town.devnet.faults().pauseClosing();
					assertThat(town.client.settle(payment).text("errorReason")).isEqualTo("settlement_pending");
					town.devnet.faults().resumeClosing();
					Eventually.isTrue(() -> town.client.get("/sessions/" + session).text("reserved").equals("0"));
					assertThat(other.settle(payment).status()).isEqualTo(200);
					assertDuplicate(town, payment);
				}
				assertMoved(town, session, 200_000);
			}
		}
	}

	@Test
	void whatCouldNotBeWrittenDownAsToldIsToldToTheNext() {
		try (Town town = Town.open(); TestDatabase books = town.openDatabase()) {
			String session = town.payer().session(200_000);
			for (Map<String, Object> payment : List.of(Payments.of(town, session, "100000"),
					Payments.identified(town, session, ID, "100000"))) {
				books.jdbc().sql("""
						create trigger full_disk before update of told on settlement
						begin select raise(abort, 'the disk is full'); end""").update();
				Reply failed = town.client.settle(payment);
				assertThat(failed.status()).isEqualTo(503);
				assertThat(failed.text("errorReason")).isEqualTo("settlement_pending");
				assertThat(failed.header("Retry-After") != null)
					.as("without an identifier nobody is invited to ask again")
					.isEqualTo(isIdentified(payment));
				books.jdbc().sql("drop trigger full_disk").update();
				assertThat(town.client.settle(payment).status()).isEqualTo(200);
				assertDuplicate(town, payment);
			}
			assertMoved(town, session, 200_000);
		}
	}

	@Test
	void answerThatDidNotLeaveIsGivenOnceMore() {
		try (Town town = Town.open()) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> named = Payments.identified(town, session, ID, "100000");
			Map<String, Object> unnamed = Payments.of(town, session, "200000");
			for (Map<String, Object> payment : List.of(named, unnamed)) {
				town.devnet.faults().pauseClosing();
				BigInteger spent = new BigInteger(town.client.get("/sessions/" + session).text("spent"));
				abandon(town.server().url(), payment, () -> Eventually
					.isTrue(() -> !town.client.get("/sessions/" + session).text("reserved").equals("0")));
				town.devnet.faults().resumeClosing();
				Eventually.isTrue(() -> new BigInteger(town.client.get("/sessions/" + session).text("spent"))
					.compareTo(spent) > 0);
				Eventually.isTrue(() -> isOwed(town));
				assertThat(reason(town.client.verify(payment))).isNull();
				assertThat(town.client.settle(payment).status()).isEqualTo(200);
				assertDuplicate(town, payment);
			}
			assertMoved(town, session, 300_000);
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

	private static boolean isOwed(Town town) {
		try (TestDatabase books = town.openDatabase()) {
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

	private static void assertDuplicate(Town town, Map<String, Object> payment) {
		Reply verified = town.client.verify(payment);
		assertThat(verified.body().get("isValid").asBoolean()).isFalse();
		assertThat(reason(verified)).isEqualTo("duplicate_settlement");
		Reply settled = town.client.settle(payment);
		assertThat(settled.status()).isEqualTo(400);
		assertThat(settled.text("errorReason")).isEqualTo("duplicate_settlement");
	}

	private static String reason(Reply verified) {
		return verified.text("invalidReason");
	}

	private static void assertMoved(Town town, String session, long amount) {
		assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(amount));
		assertThat(town.client.get("/sessions/" + session).text("spent")).isEqualTo(Long.toString(amount));
	}

}

package io.github.x402sessions.webflux;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that are charged element by element, on Netty.
 */
class MeteredExchangeTests {

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static FluxShop shop;

	@BeforeAll
	static void open() {
		shop = new FluxShop(facilitator, SoldThings.class, "x402.hold-budget=1KB");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		facilitator.holding();
		facilitator.holds.clear();
		facilitator.amounts.clear();
		facilitator.released.set(0);
		facilitator.settled.set(0);
	}

	@Test
	void theHeadHasTheHoldAndTheEndSettlesWhatWasCharged() throws Exception {
		HttpResponse<String> response = shop.pay("/words");
		assertThat(response.body()).contains("goods0", "goods4");
		SettleResponse receipt = PaidContainer.receipt(response);
		assertThat(receipt.amount()).isEqualTo("1000000");
		assertThat(String.valueOf(receipt.extensions())).contains("settlement=held");
		assertThat(facilitator.amounts).containsExactly("500000");
	}

	@Test
	void aWordLeavesBeforeTheEnd() throws Exception {
		try (InputStream words = shop.open("/words-for-ever", PaymentHeader.SIGNATURE, PaidContainer.payment())
			.body()) {
			assertThat(words.readNBytes(60)).asString(StandardCharsets.UTF_8).contains("goods0");
			assertThat(facilitator.amounts).isEmpty();
		}
		Eventually.holds(() -> assertThat(facilitator.amounts).hasSize(1));
	}

	@Test
	void whoLeavesPaysForWhatHasLeft() throws Exception {
		try (Socket socket = new Socket(shop.uri().getHost(), shop.uri().getPort())) {
			socket.getOutputStream()
				.write(("GET /words-for-ever HTTP/1.1\r\nHost: x\r\n" + PaymentHeader.SIGNATURE + ": "
						+ PaidContainer.payment() + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			StringBuilder read = new StringBuilder();
			while (!read.toString().contains("goods9")) {
				read.append((char) socket.getInputStream().read());
			}
		}
		Eventually.holds(() -> assertThat(facilitator.amounts).containsExactly("500000"));
	}

	@Test
	void theMoneysEndIsTheStreamsEnd() throws Exception {
		HttpResponse<String> response = shop.pay("/too-many-words");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("goods9").doesNotContain("goods10");
		assertThat(facilitator.amounts).containsExactly("1000000");
	}

	@Test
	void whatIsNotHeldIsKeptAndSettledWhole() throws Exception {
		facilitator.extra = Map.of("deferred", true);
		HttpResponse<String> response = shop.pay("/words");
		assertThat(response.body()).contains("goods4");
		assertThat(facilitator.amounts).containsExactly("500000");
		assertThat(facilitator.holds).isEmpty();
	}

	@Test
	void anEndlessAnswerIsSettledOnceAndEndsWithItsClient() throws Exception {
		try (InputStream answer = shop.open("/endless", PaymentHeader.SIGNATURE, PaidContainer.payment()).body()) {
			assertThat(answer.readNBytes(60)).asString(StandardCharsets.UTF_8).contains(Handlers.GOODS);
		}
		assertThat(facilitator.settled).hasValue(1);
	}

}

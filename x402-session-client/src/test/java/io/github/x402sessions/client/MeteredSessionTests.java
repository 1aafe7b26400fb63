package io.github.x402sessions.client;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams that are charged while they leave, with everything else being real:
 * what the shop has charged, what the facilitator has in its books and what is paid on
 * the ledger is one amount.
 */
class MeteredSessionTests {

	private static final BigInteger FUNDS = BigInteger.valueOf(1_000_000_000);

	private static final BigInteger CAP = BigInteger.valueOf(10_000_000);

	private static final BigInteger PRICE = BigInteger.valueOf(1_000_000);

	private final PaidEnvironment environment = PaidEnvironment.shared();

	private final SessionSigner payer = this.environment.account();

	private final Session session = this.environment.client(this.payer).expiresIn(Duration.ofDays(2)).open();

	private BigInteger used = BigInteger.ZERO;

	/** What is redeemed is the sum of what was charged. */
	@AfterEach
	void everythingIsPaidOnTheLedger() {
		this.session.close();
		assertThat(this.session.state().spent()).isEqualTo(this.used);
		assertThat(FUNDS.subtract(this.environment.usdc(this.payer.accountId()))).isEqualTo(this.used);
	}

	@Test
	void streamThatEndsIsPaidForWhatItWas() throws Exception {
		HttpResponse<InputStream> stream = open("/pages?pages=7");
		assertThat(stream.body().readAllBytes()).hasSize(7 * MeteredPages.LENGTH);
		assertThat(settled(stream)).isEqualTo(MeteredPages.PRICE.multiply(BigInteger.valueOf(7)));
	}

	@Test
	void whoLeavesInTheMiddlePaysForWhatHasLeft() throws Exception {
		HttpResponse<InputStream> stream = open("/pages?pages=9999");
		try (InputStream pages = stream.body()) {
			assertThat(pages.readNBytes(3 * MeteredPages.LENGTH)).hasSize(3 * MeteredPages.LENGTH);
			assertThat(this.session.state().remaining()).isEqualTo(CAP.subtract(PRICE));
		}
		assertThat(settled(stream)).isEqualTo(this.environment.pages.left)
			.isBetween(MeteredPages.PRICE.multiply(BigInteger.valueOf(3)),
					MeteredPages.PRICE.multiply(BigInteger.valueOf(9998)));
	}

	@Test
	void streamThatBreaksOffIsPaidForWhatHasLeft() throws Exception {
		HttpResponse<InputStream> stream = open("/pages?pages=2&fails");
		try (InputStream pages = stream.body()) {
			assertThat(pages.readNBytes(2 * MeteredPages.LENGTH)).hasSize(2 * MeteredPages.LENGTH);
		}
		catch (IOException ex) {
			assertThat(ex).as("what the container makes of it").isNotNull();
		}
		assertThat(settled(stream)).isEqualTo(MeteredPages.PRICE.multiply(BigInteger.TWO));
	}

	@Test
	void whoAsksAgainWithTheSamePaymentGetsTheSameStreamAndPaysOnce() throws Exception {
		URI pages = this.environment.uri("/pages?pages=3");
		HttpRequest.Builder request = HttpRequest.newBuilder(pages);
		HttpClient http = HttpClient.newHttpClient();
		List<String> challenge = http.send(request.build(), BodyHandlers.discarding())
			.headers()
			.allValues(PaymentHeader.REQUIRED);
		PaidCall call = this.session.payments().call("GET", pages, (name) -> List.of()).orElseThrow();
		request.header(PaymentHeader.SIGNATURE, call.answer(challenge).orElseThrow());
		HttpResponse<InputStream> first = http.send(request.build(), BodyHandlers.ofInputStream());
		byte[] body = first.body().readAllBytes();
		BigInteger charged = settled(first);
		HttpResponse<InputStream> again = http.send(request.build(), BodyHandlers.ofInputStream());
		assertThat(again.body().readAllBytes()).isEqualTo(body).hasSize(3 * MeteredPages.LENGTH);
		assertThat(charged).isEqualTo(MeteredPages.PRICE.multiply(BigInteger.valueOf(3)));
	}

	@Test
	void streamWithoutPagesCostsNothing() throws Exception {
		HttpResponse<InputStream> stream = open("/pages?pages=0");
		assertThat(stream.body().readAllBytes()).isEmpty();
		assertThat(PaymentReceipt.from(stream)).isEmpty();
		assertThat(this.session.state().remaining()).isEqualTo(CAP);
	}

	private HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
		return this.session.httpClient()
			.send(HttpRequest.newBuilder(this.environment.uri(path)).build(), BodyHandlers.ofInputStream());
	}

	/** What the shop has charged for a stream, and the facilitator has committed. */
	private BigInteger settled(HttpResponse<?> stream) {
		PaymentReceipt receipt = PaymentReceipt.from(stream).orElseThrow();
		assertThat(receipt.isHeld()).isTrue();
		assertThat(receipt.amount()).isEqualTo(PRICE);
		String commitment = receipt.commitment().orElseThrow();
		Eventually.isTrue(() -> this.environment.pages.books.containsKey(commitment));
		BigInteger charged = this.environment.pages.books.get(commitment);
		this.used = this.used.add(charged);
		assertThat(this.session.settlement(commitment)).hasValueSatisfying((told) -> {
			assertThat(told.amount()).isEqualTo(charged);
			assertThat(told.status()).isNotEqualTo(DeferralStatus.HELD);
		});
		assertThat(this.session.state().remaining()).isEqualTo(CAP.subtract(charged));
		return charged;
	}

}

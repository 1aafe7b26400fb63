package io.github.x402sessions.samples.agent.evidence;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.payment.offer.SignedEvidence;
import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferReceipt;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.LocalServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of a server's signatures, and what is found wrong with it later.
 */
class ReceiptFileTests {

	private static final Asset USDC = new Asset("CUSDC", 7);

	@TempDir
	private Path directory;

	private final OfferKey key = OfferKey.random();

	private final LocalServer server = new LocalServer(
			(exchange) -> LocalServer.answer(exchange, 200, this.signer().document()));

	private final URI url = this.server.uri("/quote");

	private final PaymentRequired challenge = PaymentRequired.of(null,
			new ResourceInfo(this.url.toString(), null, null),
			List.of(new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 60, Map.of())));

	private final StringWriter out = new StringWriter();

	private OfferSigner signer() {
		return OfferSigner.builder(DidWeb.of(this.server.uri("")), this.key).withTransaction(true).build();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whatWasSignedHoldsLater() throws Exception {
		ReceiptFile file = ReceiptFile.at(this.directory.resolve("receipts"));
		file.on(paid(evidence()));
		file.on(paid(evidence()));
		assertThat(Files.readAllLines(file.file())).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("\"amount\":\"100\"", this.url.toString()));
		assertThat(new ReceiptInspection(new PrintWriter(this.out)).check(file.file())).isTrue();
		assertThat(this.out.toString()).contains("1 " + this.url + " offer holds, receipt holds",
				"2 of 2 payments have an offer and a receipt that hold");
	}

	@Test
	void everyLineIsJudgedByItself() throws Exception {
		ReceiptFile file = ReceiptFile.at(this.directory.resolve("receipts"));
		file.on(paid(evidence()));
		String line = Files.readString(file.file()).strip();
		Files.writeString(file.file(), String.join("\n", line, line.replace("\"asset\":\"CUSDC\"", "\"asset\":\"CX\""),
				line.replace("\"transaction\":\"ab", "\"transaction\":\"cd"), line.replace("/quote\"", "/other\""),
				line.replaceFirst("\"at\":\"[^\"]+\"", "\"at\":\"2099-01-01T00:00:00Z\""), "garbage", "{}",
				line.replaceFirst("(\"receipt\".*\"signature\":\"[^\"]+)....\"", "$1AAAA\"")) + "\n");
		file.on(paid(SignedEvidence.NONE));
		assertThat(new ReceiptInspection(new PrintWriter(this.out)).check(file.file())).isFalse();
		assertThat(this.out.toString().lines()).satisfiesExactly(
				(one) -> assertThat(one).endsWith("offer holds, receipt holds"),
				(two) -> assertThat(two).contains("offer wrong: it is for other money"),
				(three) -> assertThat(three).endsWith("offer holds, receipt wrong: it is for another payment"),
				(four) -> assertThat(four).endsWith("offer holds, receipt holds"),
				(five) -> assertThat(five).contains("offer wrong: it was good until"),
				(six) -> assertThat(six).isEqualTo("6 is no payment that was kept here"),
				(seven) -> assertThat(seven).isEqualTo("7 is no payment that was kept here"),
				(eight) -> assertThat(eight).contains("offer holds, receipt wrong: its signature"),
				(nine) -> assertThat(nine).endsWith("offer not signed, receipt not signed"),
				(sum) -> assertThat(sum).startsWith("2 of 9 "));
	}

	private PaymentEvent paid(SignedEvidence evidence) {
		return new PaymentEvent.Paid(this.url, USDC, new PaymentReceipt(true, "stellar:testnet", "ab".repeat(32),
				BigInteger.valueOf(100), null, Map.of(), evidence));
	}

	private SignedEvidence evidence() {
		OfferSigner signer = signer();
		SettleResponse plain = new SettleResponse(true, null, null, "GP", "ab".repeat(32), "stellar:testnet", "100",
				null);
		SignedOffer offer = SignedOffer
			.in(Map.of(OfferReceipt.EXTENSION, signer.offers().of(null, this.challenge).orElseThrow()))
			.get(0);
		SignedReceipt receipt = SignedReceipt
			.in(Map.of(OfferReceipt.EXTENSION, signer.receipts().of(this.challenge, plain).orElseThrow()))
			.orElseThrow();
		return new SignedEvidence(offer, null, receipt, null);
	}

}

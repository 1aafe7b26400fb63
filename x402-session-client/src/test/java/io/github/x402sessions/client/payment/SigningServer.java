package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferReceipt;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * A server that sells for 100, signs what it offers and publishes its key; all that it
 * says can be changed.
 */
final class SigningServer implements AutoCloseable {

	static final PaymentRequirements PRICE = HostileServer.asking("100");

	final OfferKey key = OfferKey.random();

	final AtomicInteger documents = new AtomicInteger();

	final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();

	volatile UnaryOperator<PaymentRequired> challenges = UnaryOperator.identity();

	volatile UnaryOperator<SettleResponse> receipts = UnaryOperator.identity();

	volatile boolean publishing = true;

	private final LocalServer server = new LocalServer(this::handle);

	final OfferSigner signer = OfferSigner.builder(DidWeb.of(this.server.uri("")), this.key).build();

	URI uri() {
		return this.server.uri("/quote");
	}

	PaymentRequired unsigned() {
		return PaymentRequired.of(null, new ResourceInfo(uri().toString(), null, null), List.of(PRICE));
	}

	static PaymentRequired signed(PaymentRequired challenge, OfferSigner signer) {
		return challenge.withExtension(OfferReceipt.EXTENSION, signer.offers().of(null, challenge).orElseThrow());
	}

	private void handle(HttpExchange exchange) throws IOException {
		if (exchange.getRequestURI().getPath().equals("/.well-known/did.json")) {
			this.documents.incrementAndGet();
			LocalServer.answer(exchange, this.publishing ? 200 : 500, this.signer.document());
			return;
		}
		String payment = exchange.getRequestHeaders().getFirst(PaymentHeader.SIGNATURE);
		PaymentRequired challenge = signed(unsigned(), this.signer);
		if (payment == null) {
			exchange.getResponseHeaders()
				.set(PaymentHeader.REQUIRED, PaymentHeader.encode(this.challenges.apply(challenge)));
			LocalServer.answer(exchange, 402, "");
			return;
		}
		this.payments.add(PaymentHeader.decode(payment, PaymentPayload.class, 65536));
		SettleResponse plain = new SettleResponse(true, null, null, "GP", "ab".repeat(32), "stellar:testnet", "100",
				null);
		SettleResponse receipt = plain.withExtension(OfferReceipt.EXTENSION,
				this.signer.receipts().of(challenge, plain).orElseThrow());
		exchange.getResponseHeaders().set(PaymentHeader.RESPONSE, PaymentHeader.encode(this.receipts.apply(receipt)));
		LocalServer.answer(exchange, 200, "goods");
	}

	@Override
	public void close() {
		this.server.close();
	}

	/** Without what is signed. */
	static PaymentRequired bare(PaymentRequired challenge) {
		return challenge.withExtensions(Map.of());
	}

}

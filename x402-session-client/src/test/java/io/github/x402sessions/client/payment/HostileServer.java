package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.fixtures.LocalServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers with what a test wants, one answer after the other and then the
 * last, and keeps every payment that it got hold of.
 */
public final class HostileServer implements AutoCloseable {

	/** One that knows payment identifiers, as others write it. */
	static final Map<String, Object> IDENTIFIERS = Map.of("payment-identifier",
			Map.of("info", Map.of("required", false), "schema", Map.of("type", "object")));

	private final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final List<Answer> answers = new ArrayList<>();

	private final LocalServer server = new LocalServer(this::answer);

	private int requests;

	/** Add an answer. */
	public HostileServer then(int status, String... headers) {
		this.answers.add(new Answer(status, List.of(headers)));
		return this;
	}

	/** Add a 402 that asks for this. */
	public HostileServer thenAsk(PaymentRequirements... asked) {
		return then(402, PaymentHeader.REQUIRED, challenge(asked));
	}

	/** Add a 402 that names a resource and gives a reason. */
	HostileServer thenRefuse(String resource, @Nullable String error, PaymentRequirements... asked) {
		return then(402, PaymentHeader.REQUIRED, PaymentHeader.encode(new PaymentRequired(2, error,
				new ResourceInfo(resource, null, null), List.of(asked), Map.copyOf(IDENTIFIERS))));
	}

	/** Add goods with a receipt. */
	public HostileServer thenSell(String settled) {
		return then(200, PaymentHeader.RESPONSE, receipt(true, settled));
	}

	public static String challenge(PaymentRequirements... asked) {
		return PaymentHeader.encode(new PaymentRequired(2, null, new ResourceInfo("u", null, null), List.of(asked),
				Map.copyOf(IDENTIFIERS)));
	}

	public static String receipt(boolean success, String amount) {
		return PaymentHeader.encode(Map.of("success", success, "transaction", success ? "hash" : "", "network",
				"stellar:testnet", "amount", amount, "errorReason", success ? "" : "cap_exceeded", "extensions",
				Map.of("session", Map.of("id", Payers.ID, "spent", "1", "remaining", "99"))));
	}

	public static PaymentRequirements asking(String amount) {
		return asking("stellar:testnet", amount, "CUSDC", "GSHOP");
	}

	public static PaymentRequirements asking(String network, String amount, String asset, String payTo) {
		return new PaymentRequirements("session", network, amount, asset, payTo, 60, Map.of("spender", "GSPENDER"));
	}

	private synchronized Answer next() {
		return this.answers.get(Math.min(this.requests++, this.answers.size() - 1));
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		this.lines.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
		String payment = exchange.getRequestHeaders().getFirst(PaymentHeader.SIGNATURE);
		if (payment != null) {
			this.payments.add(PaymentHeader.decode(payment, PaymentPayload.class, 8192));
		}
		Answer answer = next();
		if (answer.status == 0) {
			exchange.close();
			return;
		}
		for (int i = 0; i < answer.headers.size(); i += 2) {
			exchange.getResponseHeaders().add(answer.headers.get(i), answer.headers.get(i + 1));
		}
		boolean bodiless = exchange.getRequestMethod().equals("HEAD") || answer.status == 304;
		LocalServer.answer(exchange, answer.status, bodiless ? "" : "answer " + answer.status);
	}

	/** The payments that it got. */
	public List<PaymentPayload> payments() {
		return this.payments;
	}

	/** Method and target of every request. */
	public List<String> lines() {
		return this.lines;
	}

	public List<String> bodies() {
		return this.bodies;
	}

	public synchronized int requests() {
		return this.requests;
	}

	public URI uri() {
		return this.server.uri("/tea");
	}

	@Override
	public void close() {
		this.server.close();
	}

	private record Answer(int status, List<String> headers) {
	}

}

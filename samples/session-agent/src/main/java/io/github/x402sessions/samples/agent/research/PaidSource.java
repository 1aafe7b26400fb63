package io.github.x402sessions.samples.agent.research;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Endpoints that are paid for call by call, each on the bill.
 */
public final class PaidSource {

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final JsonMapper mapper = new JsonMapper();

	private final HttpClient client;

	private final URI shop;

	private final Bill bill;

	public PaidSource(Session session, URI shop, Bill bill) {
		this.client = session.httpClient();
		this.shop = shop;
		this.bill = bill;
	}

	String json(String name, String value) {
		return this.mapper.createObjectNode().put(name, value).toString();
	}

	/** Call and pay, or return nothing if it was not paid. */
	Optional<JsonNode> get(String path) {
		return send(path, request(path).GET().build());
	}

	/** Call and pay, or return nothing if it was not paid. */
	Optional<JsonNode> post(String path, String body) {
		return send(path,
				request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.shop.resolve(path)).timeout(TIMEOUT);
	}

	private Optional<JsonNode> send(String path, HttpRequest request) {
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
			Optional<PaymentReceipt> receipt = PaymentReceipt.from(response).filter(PaymentReceipt::success);
			receipt.ifPresent((paid) -> this.bill.add(request.method() + " " + path, paid));
			return (response.statusCode() == 200) ? Optional.of(this.mapper.readTree(response.body()))
					: Optional.empty();
		}
		catch (IOException | JacksonException ex) {
			throw new CannotStartException(path + " gives no answer: " + ex.getClass().getSimpleName(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CannotStartException("interrupted", ex);
		}
	}

}

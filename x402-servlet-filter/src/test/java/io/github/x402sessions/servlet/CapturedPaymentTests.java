package io.github.x402sessions.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody gets who has captured the headers of a hundred signed calls, at a server
 * whose facilitator takes every payment.
 */
class CapturedPaymentTests {

	private static final List<String> ROUTES = IntStream.range(0, 10).mapToObj((route) -> "r" + route).toList();

	private static final List<String> METHODS = List.of("GET", "POST", "PUT", "HEAD");

	private static final List<String> QUERIES = List.of("", "?call=1&", "?CALL=1");

	private static final List<String> BODIES = List.of("", "a", "a=1");

	private final HttpClient http = HttpClient.newHttpClient();

	private final AtomicInteger handled = new AtomicInteger();

	@Test
	void aCapturedHeaderBuysItsOwnAnswerAndNothingElse() throws Exception {
		Handlers.Handler handler = (request, response) -> response.getWriter()
			.print(this.handled.incrementAndGet() + " " + new String(request.getInputStream().readAllBytes()));
		try (PaidContainer shop = new PaidContainer(Container.Kind.TOMCAT,
				ROUTES.stream().collect(Collectors.toMap(Function.identity(), (route) -> handler)))) {
			shop.facilitator.honouring();
			Map<Call, String> answers = new ConcurrentHashMap<>();
			Map<Call, String> headers = new ConcurrentHashMap<>();
			for (Call call : calls(shop.uri())) {
				String header = SignedCalls.header(PaymentIdentifier.random(), call.method(), call.uri().toString(),
						SignedCalls.hash(call.body()));
				headers.put(call, header);
				answers.put(call, send(call, header).body());
			}
			assertThat(headers).hasSize(100);
			assertThat(this.handled).hasValue(100);
			int verified = shop.facilitator.verified.get();
			for (Call call : headers.keySet()) {
				for (Call other : others(call)) {
					HttpResponse<String> answer = send(other, headers.get(call));
					assertThat(answer.statusCode()).as("%s sent to %s", call, other).isEqualTo(402);
					assertThat(PaidContainer.challenge(answer).error()).isEqualTo("resource_mismatch");
					assertThat(PaidContainer.receipt(answer).errorReason()).isEqualTo("resource_mismatch");
				}
			}
			assertThat(shop.facilitator.verified).hasValue(verified);
			for (Call call : headers.keySet()) {
				assertThat(send(call, headers.get(call)).body()).isEqualTo(answers.get(call));
			}
			assertThat(this.handled).hasValue(100);
			assertThat(shop.facilitator.settled).hasValue(100);
		}
	}

	/** What a signature has bought is not given to who takes it out of the header. */
	@Test
	void aHeaderWithoutItsSignatureBuysNothing() throws Exception {
		try (PaidContainer shop = new PaidContainer(Container.Kind.TOMCAT,
				Map.of("tea", (request, response) -> response.getWriter().print("goods")))) {
			shop.facilitator.honouring();
			Call call = new Call("POST", URI.create(shop.uri() + "/paid/tea"), "a=1");
			PaymentIdentifier identifier = PaymentIdentifier.random();
			assertThat(
					send(call, SignedCalls.header(identifier, "POST", call.uri().toString(), SignedCalls.hash("a=1")))
						.body())
				.isEqualTo("goods");
			shop.facilitator.verdict = VerifyResponse.invalid("signature_required", null);
			Map<String, Object> stripped = SessionPayload.lasting(
					new SessionPayload("s", new PaymentSignature("POST", SignedCalls.hash("a=1"), 1, "x")).toPayload());
			assertThat(stripped).doesNotContainKey("signature");
			for (String body : List.of("a=1", "b=2")) {
				HttpResponse<String> answer = send(new Call("POST", call.uri(), body),
						PaymentHeader.encode(identifier.in(PaymentPayload.of(null, PaidContainer.TERMS, stripped))));
				assertThat(answer.statusCode()).isEqualTo(402);
				assertThat(PaidContainer.challenge(answer).error()).isEqualTo("signature_required");
			}
			assertThat(shop.facilitator.settled).hasValue(1);
		}
	}

	private static Set<Call> calls(URI shop) {
		Set<Call> calls = new LinkedHashSet<>();
		for (int i = 0; i < 100; i++) {
			String method = (i % 3 == 0) ? "GET" : "POST";
			calls.add(new Call(method, URI.create(shop + "/paid/" + ROUTES.get(i % 10) + "?call=" + (i / 10)),
					method.equals("GET") ? "" : BODIES.get(i % BODIES.size())));
		}
		return calls;
	}

	/** The calls that differ from one in one thing. */
	private static List<Call> others(Call call) {
		String url = call.uri().toString();
		String path = url.substring(0, url.indexOf('?'));
		List<Call> others = new ArrayList<>();
		ROUTES.forEach((route) -> others
			.add(new Call(call.method(), URI.create(url.replaceAll("/r[0-9]", "/" + route)), call.body())));
		METHODS.forEach((method) -> others.add(new Call(method, call.uri(), call.body())));
		QUERIES.forEach((query) -> others.add(new Call(call.method(), URI.create(path + query), call.body())));
		BODIES.forEach((body) -> others.add(new Call(call.method(), call.uri(), body)));
		others.add(new Call(call.method(), URI.create(url.replace("localhost", "127.0.0.1")), call.body()));
		others.removeIf(call::equals);
		return others;
	}

	private HttpResponse<String> send(Call call, String header) throws Exception {
		return SignedCalls.send(this.http,
				HttpRequest.newBuilder(call.uri())
					.timeout(Eventually.PATIENCE)
					.method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()))
					.header(PaymentHeader.SIGNATURE, header)
					.build());
	}

	/** A request. */
	private record Call(String method, URI uri, String body) {
	}

}

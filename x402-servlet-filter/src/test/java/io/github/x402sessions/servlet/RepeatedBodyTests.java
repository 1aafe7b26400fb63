package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import jakarta.servlet.http.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A repeated request is told from one with another form or upload, whichever way its
 * handler reads it, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class RepeatedBodyTests {

	private static final String MULTIPART = "multipart/form-data; boundary=zz";

	private static final String FORM = "application/x-www-form-urlencoded";

	@Parameter
	Container.Kind kind;

	private final PaymentIdentifier identifier = PaymentIdentifier.random();

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("parts", (request, response) -> {
			for (Part part : request.getParts()) {
				response.getWriter().print(content(part));
				part.delete();
			}
		}, "part", (request, response) -> response.getWriter().print(content(request.getPart("q"))), "parameter",
				(request, response) -> response.getWriter().print(request.getParameter("q")), "map",
				(request, response) -> response.getWriter().print(request.getParameterMap().get("q")[0]), "forwarded",
				(request, response) -> request.getRequestDispatcher("/free/parameter?other=1")
					.forward(request, response),
				"encoded", (request, response) -> {
					request.setCharacterEncoding("UTF-8");
					response.setCharacterEncoding("UTF-8");
					response.getWriter().print(request.getParameter("q"));
				}));
		this.shop.facilitator.honouring();
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	private static String content(Part part) throws IOException {
		return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "parts", "part", "parameter", "map", "forwarded" })
	void anotherUploadIsNotPaidFor(String handler) throws Exception {
		assertThat(post(handler, MULTIPART, upload("tea")).body()).isEqualTo("tea");
		assertThat(post(handler, MULTIPART, upload("tea")).body()).isEqualTo("tea");
		assertThat(post(handler, MULTIPART, upload("pea")).statusCode()).isEqualTo(409);
		assertThat(post(handler, MULTIPART, "?".repeat(upload("tea").length())).statusCode()).isEqualTo(409);
	}

	@ParameterizedTest
	@ValueSource(strings = { "parts", "part" })
	void soIsAnotherFile(String handler) throws Exception {
		assertThat(post(handler, MULTIPART, file("a.txt", "tea")).body()).isEqualTo("tea");
		assertThat(post(handler, MULTIPART, file("a.txt", "tea")).body()).isEqualTo("tea");
		assertThat(post(handler, MULTIPART, file("a.txt", "pea")).statusCode()).isEqualTo(409);
		assertThat(post(handler, MULTIPART, file("b.txt", "tea")).statusCode()).isEqualTo(409);
	}

	@ParameterizedTest
	@ValueSource(strings = { "parameter", "map", "forwarded" })
	void soIsAnotherForm(String handler) throws Exception {
		assertThat(post(handler, FORM, "q=tea").body()).isEqualTo("tea");
		assertThat(post(handler, FORM, "q=tea").body()).isEqualTo("tea");
		assertThat(post(handler, FORM, "q=pea").statusCode()).isEqualTo(409);
	}

	@Test
	void aFormIsReadAsItsHandlerHasReadIt() throws Exception {
		assertThat(post("encoded", FORM, "q=th%C3%A9").body()).isEqualTo("thé");
		assertThat(post("encoded", FORM, "q=th%C3%A9").body()).isEqualTo("thé");
		assertThat(post("encoded", FORM, "q=th%C3%A8").statusCode()).isEqualTo(409);
	}

	private HttpResponse<String> post(String handler, String type, String body) throws Exception {
		return this.shop.post("/paid/" + handler, body, PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier),
				"Content-Type", type);
	}

	private static String upload(String content) {
		return part("name=\"q\"", content);
	}

	private static String file(String name, String content) {
		return part("name=\"q\"; filename=\"" + name + "\"", content);
	}

	private static String part(String disposition, String content) {
		return "--zz\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n--zz--\r\n";
	}

}

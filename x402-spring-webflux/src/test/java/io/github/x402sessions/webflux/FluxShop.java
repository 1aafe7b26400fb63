package io.github.x402sessions.webflux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.PaidContainer;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A running reactive application on Netty that sells, with a facilitator at hand.
 */
final class FluxShop implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	FluxShop(Facilitator facilitator, Class<?> application, String... properties) {
		this(application, (beans) -> beans.registerBean(Facilitator.class, () -> facilitator), properties);
	}

	/** A shop with the facilitator that its properties name. */
	static FluxShop configured(Class<?> application, String... properties) {
		return new FluxShop(application, (beans) -> {
		}, properties);
	}

	private FluxShop(Class<?> application, Consumer<GenericApplicationContext> setup, String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "x402.pay-to=" + PaidContainer.TERMS.payTo(),
				"spring.main.banner-mode=off", "logging.level.root=warn"));
		all.addAll(List.of(properties));
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.REACTIVE)
			.properties(all.toArray(String[]::new))
			.initializers((ApplicationContextInitializer<GenericApplicationContext>) (beans) -> {
				setup.accept(beans);
				beans.registerBean(NettyReactiveWebServerFactory.class);
			})
			.run();
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	URI uri() {
		return URI.create("http://localhost:" + ((WebServerApplicationContext) this.context).getWebServer().getPort());
	}

	HttpResponse<String> get(String path, String... headers) throws Exception {
		return send("GET", path, "", headers);
	}

	HttpResponse<String> pay(String path) throws Exception {
		return get(path, PaymentHeader.SIGNATURE, PaidContainer.payment());
	}

	CompletableFuture<HttpResponse<String>> payLater(String path) {
		return this.http.sendAsync(request(path).header(PaymentHeader.SIGNATURE, PaidContainer.payment()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
		HttpRequest.Builder request = request(path).method(method,
				body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	HttpResponse<InputStream> open(String path, String... headers) throws Exception {
		return this.http.send(request(path).headers(headers).build(), HttpResponse.BodyHandlers.ofInputStream());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(uri() + path)).timeout(Duration.ofMinutes(1));
	}

	/** Send a request byte by byte, which no client of a library does. */
	String raw(String method, String target, String headers) throws IOException {
		try (Socket socket = new Socket(uri().getHost(), uri().getPort())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream()
				.write((method + " " + target + " HTTP/1.1\r\nHost: " + uri().getAuthority() + "\r\n"
						+ (headers.contains("Connection:") ? "" : "Connection: close\r\n") + headers + "\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return answer(socket.getInputStream());
		}
	}

	/** To its end, or as far as it says to go where the connection stays. */
	private static String answer(InputStream input) throws IOException {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		for (int next = input.read(); next >= 0; next = input.read()) {
			read.write(next);
			String answer = read.toString(StandardCharsets.ISO_8859_1);
			Matcher length = LENGTH.matcher(answer);
			int head = answer.indexOf("\r\n\r\n");
			if (head >= 0 && length.find() && answer.length() >= head + 4 + Integer.parseInt(length.group(1))) {
				break;
			}
		}
		return read.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.context.close();
	}

}

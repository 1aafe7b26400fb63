package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways past the response that a handler is given, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class SideDoorTests {

	@Parameter
	Container.Kind kind;

	@TempDir
	Path directory;

	private final AtomicBoolean upgraded = new AtomicBoolean();

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), Handlers.GOODS.repeat(20_000));
		Map<String, Handlers.Handler> handlers = new HashMap<>();
		handlers.put("stream", (request, response) -> response.getOutputStream().print(Handlers.GOODS));
		handlers.put("sendfile", (request, response) -> {
			response.setContentLengthLong(Files.size(file));
			request.setAttribute("org.apache.tomcat.sendfile.filename", file.toString());
			request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
			request.setAttribute("org.apache.tomcat.sendfile.end", Files.size(file));
			if (!Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
				Files.copy(file, response.getOutputStream());
			}
		});
		handlers.put("upgrade", (request, response) -> {
			response.setStatus(101);
			response.setHeader("Upgrade", "goods");
			response.setHeader("Connection", "Upgrade");
			this.upgraded.set(true);
			request.upgrade(Talk.class);
		});
		handlers.put("raw", (request, response) -> {
			HttpServletResponse raw = (HttpServletResponse) request.getAttribute("raw");
			raw.setContentLength(6);
			raw.getOutputStream().print("unpaid");
			raw.flushBuffer();
			response.getOutputStream().print(Handlers.GOODS);
		});
		Filter outer = (request, response, chain) -> {
			request.setAttribute("raw", response);
			chain.doFilter(request, response);
		};
		this.shop = new PaidContainer(this.kind, handlers, List.of(outer), List.of());
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void noFileIsSentPastARefusedSettlement() throws Exception {
		assertThat(this.shop.pay("/paid/sendfile").body()).isEqualTo(Handlers.GOODS.repeat(20_000));
		this.shop.facilitator.receipt = refusal();
		HttpResponse<String> refused = this.shop.pay("/paid/sendfile");
		assertThat(refused.statusCode()).isEqualTo(402);
		assertThat(refused.body()).doesNotContain(Handlers.GOODS);
	}

	@Test
	void theProtocolIsNotChanged() throws Exception {
		this.shop.facilitator.receipt = refusal();
		try (Socket socket = new Socket("localhost", this.shop.uri().getPort())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream()
				.write(("GET /shop/paid/upgrade HTTP/1.1\r\nHost: x\r\nUpgrade: goods\r\n"
						+ "Connection: Upgrade\r\nPAYMENT-SIGNATURE: " + PaidContainer.payment() + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			byte[] head = socket.getInputStream().readNBytes(12);
			assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 500");
		}
		assertThat(this.upgraded).isTrue();
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void whatIsCommittedPastTheFilterIsNotCharged() throws Exception {
		HttpResponse<String> response = this.shop.pay("/paid/raw");
		assertThat(response.body()).isEqualTo("unpaid");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	private static SettleResponse refusal() {
		return SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
	}

	/** Says something in another protocol. */
	public static final class Talk implements HttpUpgradeHandler {

		@Override
		public void init(WebConnection connection) {
			try {
				connection.getOutputStream().print(Handlers.GOODS);
				connection.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void destroy() {
		}

	}

}

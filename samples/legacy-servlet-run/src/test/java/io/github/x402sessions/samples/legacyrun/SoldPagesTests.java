package io.github.x402sessions.samples.legacyrun;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Every page of the packaged web application is the same for sale as it was before, byte
 * by byte, by whatever dispatches it is made; and nothing of it leaves if its settlement
 * is refused.
 */
class SoldPagesTests {

	private static final ScriptedFacilitator facilitator = ScriptedFacilitator.create();

	private static final HttpClient http = HttpClient.newHttpClient();

	private static final Map<WarServer, RunningWar> priced = new EnumMap<>(WarServer.class);

	private static final Map<WarServer, RunningWar> free = new EnumMap<>(WarServer.class);

	private static final List<AutoCloseable> started = new ArrayList<>();

	@BeforeAll
	static void start() throws Exception {
		assumeThat(LegacyServletTests.WAR).as("package samples/legacy-servlet first, as mvn verify does").exists();
		FacilitatorServer server = new FacilitatorServer(facilitator);
		started.add(server);
		Map<String, String> settings = LegacyServletTests.settings(server.url(),
				"GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG");
		Path before = FreeWar.of(LegacyServletTests.WAR);
		for (WarServer kind : WarServer.values()) {
			priced.put(kind, start(kind, LegacyServletTests.WAR, settings));
			free.put(kind, start(kind, before, Map.of()));
		}
	}

	private static RunningWar start(WarServer kind, Path war, Map<String, String> settings) throws Exception {
		RunningWar running = kind.start(war, settings);
		started.add(running);
		return running;
	}

	@AfterAll
	static void stop() throws Exception {
		for (AutoCloseable closeable : started) {
			closeable.close();
		}
	}

	static Stream<Arguments> pages() {
		return Arrays.stream(WarServer.values())
			.flatMap((server) -> Arrays.stream(Page.values()).map((page) -> Arguments.of(server, page)));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void whatIsPaidForIsWhatWasFree(WarServer server, Page page) throws Exception {
		facilitator.reset();
		Answer before = Answer.of(get(page, free.get(server)));
		HttpResponse<byte[]> paid = buy(page, priced.get(server));
		assertThat(Answer.of(paid)).isEqualTo(before);
		assertThat(facilitator.settled()).hasSize(before.isFailure() ? 0 : 1);
		assertThat(paid.headers().firstValue(PaymentHeader.RESPONSE).isPresent()).isNotEqualTo(before.isFailure());
	}

	@ParameterizedTest
	@MethodSource("pages")
	void nothingLeavesOfWhatIsNotSettled(WarServer server, Page page) throws Exception {
		facilitator.refuseToSettle("cap_exceeded");
		Answer before = Answer.of(get(page, free.get(server)));
		Answer refused = Answer.of(buy(page, priced.get(server)));
		if (before.isFailure()) {
			assertThat(refused).isEqualTo(before);
			return;
		}
		assertThat(refused.status()).isEqualTo(402);
		String terms = refused.headers().get("payment-required").get(0);
		assertThat(TestPayments.challenge(terms).error()).isEqualTo("cap_exceeded");
		assertThat(refused.body())
			.isEqualTo(new String(Base64.getDecoder().decode(terms), StandardCharsets.ISO_8859_1));
		assertThat(refused.headers()).containsOnlyKeys("payment-required", "content-type", "vary",
				"x-content-type-options");
	}

	private static HttpResponse<byte[]> buy(Page page, RunningWar war) throws Exception {
		HttpResponse<byte[]> challenge = get(page, war);
		assertThat(challenge.statusCode()).isEqualTo(402);
		String terms = challenge.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow();
		return send(page.request(war.port()).header(PaymentHeader.SIGNATURE, TestPayments.pay(terms)));
	}

	private static HttpResponse<byte[]> get(Page page, RunningWar war) throws Exception {
		return send(page.request(war.port()));
	}

	private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
		return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

}

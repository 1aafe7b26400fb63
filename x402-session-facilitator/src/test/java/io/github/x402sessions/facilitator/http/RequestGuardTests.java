package io.github.x402sessions.facilitator.http;

import java.util.List;
import java.util.Set;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.access.ServerAccess;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is let in to which endpoint, and how often.
 */
class RequestGuardTests {

	private static final String SECRET = "Bearer secret";

	private static final HandlerFunction<ServerResponse> ENDPOINT = (request) -> ServerResponse.ok().build();

	private static final ApiKey KEY = new ApiKey("shop", Sha256.hex("secret"), Set.of("GSHOP"));

	private final TestDatabase database = TestDatabase.sqlite();

	private final RequestGuard open = guard(false);

	private final RequestGuard closed = guard(true);

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void serverWithAKeyAsksAsOftenAsItLikesAndForItselfOnly() throws Exception {
		for (int i = 0; i < 10; i++) {
			ServerRequest request = request("10.0.0.1", SECRET);
			assertOk(this.closed.forServers(ENDPOINT), request);
			assertThatCode(() -> this.closed.requireRecipient(request, "GSHOP")).doesNotThrowAnyException();
			assertRefused(AccessDeniedException.Kind.FORBIDDEN, () -> this.closed.requireRecipient(request, "GTHIEF"));
		}
	}

	@Test
	void serverWithoutAKeyIsLimitedByItsNetworkWhereItIsOpen() throws Exception {
		HandlerFunction<ServerResponse> guarded = this.open.forServers(ENDPOINT);
		assertOk(guarded, request("2001:db8::1", null));
		assertOk(guarded, request("2001:db8::2", null));
		assertRefused(AccessDeniedException.Kind.TOO_OFTEN, () -> guarded.handle(request("2001:db8::3", null)));
		assertOk(guarded, request("2001:db8:1::1", null));
		this.open.requireRecipient(request("10.0.0.1", null), "GANYBODY");
	}

	@Test
	void serverWithoutAKeyIsNotLetInWhereItIsClosed() {
		HandlerFunction<ServerResponse> guarded = this.closed.forServers(ENDPOINT);
		assertRefused(AccessDeniedException.Kind.UNKNOWN, () -> guarded.handle(request("10.0.0.1", null)));
		assertRefused(AccessDeniedException.Kind.UNKNOWN, () -> guarded.handle(request("10.0.0.1", "Bearer wrong")));
	}

	@Test
	void registrationsAreCountedForThemselves() throws Exception {
		HandlerFunction<ServerResponse> registrations = this.open.forRegistrations(ENDPOINT);
		assertOk(registrations, request("10.0.0.1", SECRET));
		assertRefused(AccessDeniedException.Kind.TOO_OFTEN, () -> registrations.handle(request("10.0.0.1", SECRET)));
		assertOk(this.open.forAnybody(ENDPOINT), request("10.0.0.1", null));
		assertOk(this.open.forAnybody(ENDPOINT), request("10.0.0.1", null));
		assertRefused(AccessDeniedException.Kind.TOO_OFTEN,
				() -> this.open.forAnybody(ENDPOINT).handle(request("10.0.0.1", null)));
	}

	@ParameterizedTest
	@CsvSource({ "/settle, true, , false", "/verify, true, , false", "/settle, true, Bearer secret, true",
			"/settle, true, Bearer wrong, false", "/settle, false, , true", "/settle, false, Bearer wrong, false",
			"/sessions, true, , true" })
	void bodyOfWhoIsRefusedAnywayIsNotRead(String path, boolean closed, String authorization, boolean read) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
		request.setServletPath(path);
		if (authorization != null) {
			request.addHeader(HttpHeaders.AUTHORIZATION, authorization);
		}
		assertThat((closed ? this.closed : this.open).mayBeRead(request)).isEqualTo(read);
	}

	private RequestGuard guard(boolean closed) {
		return new RequestGuard(new ServerAccess(closed, List.of(KEY)),
				new RegistrationLimit(
						new SharedLimit(PeriodLimit.perMinute("registrations", 1), this.database.store().limits())),
				new RateLimit(2));
	}

	private static ServerRequest request(String address, String authorization) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
		request.setRemoteAddr(address);
		if (authorization != null) {
			request.addHeader(HttpHeaders.AUTHORIZATION, authorization);
		}
		return ServerRequest.create(request, List.of());
	}

	private static void assertOk(HandlerFunction<ServerResponse> guarded, ServerRequest request) throws Exception {
		assertThat(guarded.handle(request).statusCode().value()).isEqualTo(200);
	}

	private static void assertRefused(AccessDeniedException.Kind kind, ThrowingCallable call) {
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(call)
			.matches((refusal) -> refusal.kind() == kind);
	}

}

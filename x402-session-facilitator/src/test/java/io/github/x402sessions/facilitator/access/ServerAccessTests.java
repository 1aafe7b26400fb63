package io.github.x402sessions.facilitator.access;

import java.util.List;
import java.util.Set;

import io.github.x402sessions.core.hash.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which servers are let in, and for whose money.
 */
class ServerAccessTests {

	private static final ApiKey KEY = new ApiKey("shop", Sha256.hex("secret"), Set.of("GSHOP"));

	private final ServerAccess open = new ServerAccess(false, List.of(KEY));

	private final ServerAccess closed = new ServerAccess(true, List.of(KEY));

	@ParameterizedTest
	@ValueSource(strings = { "Bearer secret", "bearer secret", "Bearer  secret " })
	void secretIsRecognised(String authorization) {
		assertThat(this.closed.identify(authorization)).isEqualTo(KEY);
		assertThat(this.open.identify(authorization)).isEqualTo(KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer wrong", "Bearer", "Bearer ", "Basic secret", "secret", "" })
	void wrongSecretIsRefusedInOpenModeToo(String authorization) {
		assertUnknown(this.closed, authorization);
		assertUnknown(this.open, authorization);
	}

	@Test
	void hashIsNoSecret() {
		assertUnknown(this.closed, "Bearer " + KEY.hash());
	}

	@Test
	void whoeverHasNoKeyIsLetInWhereItIsOpen() {
		assertThat(this.open.identify(null)).isNull();
		assertUnknown(this.closed, null);
	}

	@Test
	void keySettlesToItsOwnRecipientsInOpenModeToo() {
		for (ServerAccess access : List.of(this.open, this.closed)) {
			assertThatCode(() -> access.requireRecipient(KEY, "GSHOP")).doesNotThrowAnyException();
			assertThatExceptionOfType(AccessDeniedException.class)
				.isThrownBy(() -> access.requireRecipient(KEY, "GTHIEF"))
				.matches((refusal) -> refusal.kind() == AccessDeniedException.Kind.FORBIDDEN);
		}
		assertThatCode(() -> this.open.requireRecipient(null, "GANYBODY")).doesNotThrowAnyException();
	}

	private static void assertUnknown(ServerAccess access, String authorization) {
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> access.identify(authorization))
			.matches((refusal) -> refusal.kind() == AccessDeniedException.Kind.UNKNOWN)
			.withMessageNotContaining("secret");
	}

}

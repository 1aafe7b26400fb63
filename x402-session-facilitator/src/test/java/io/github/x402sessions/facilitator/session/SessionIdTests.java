package io.github.x402sessions.facilitator.session;

import org.junit.jupiter.api.Test;

import static io.github.x402sessions.stellar.ProtocolVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

class SessionIdTests {

	@Test
	void handleIsThatOfTheProtocol() {
		SessionId id = new SessionId(text("/session/id"));
		assertThat(id.handle()).isEqualTo(text("/session/handle"));
		assertThat(id.hash()).startsWith(id.handle());
	}

	@Test
	void tokenDoesNotShow() {
		assertThat(new SessionId(text("/session/id"))).asString().doesNotContain(text("/session/id"));
	}

}

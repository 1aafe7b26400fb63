package io.github.x402sessions.client;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.client.facilitator.OpenedSession;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.signing.SessionSigner;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LiveSessions}.
 */
class LiveSessionsTests {

	private final SessionClient client = SessionClient.builder()
		.signer(SessionSigner.random())
		.facilitator(URI.create("https://facilitator.example"))
		.recipient(SessionSigner.random().accountId())
		.cap("1.00")
		.expiresIn(Duration.ofHours(1))
		.build();

	private final SessionPlan plan = this.client.plan();

	@Test
	void thereIsOneForAnAllowance() {
		LiveSessions live = LiveSessions.of(this.plan, "GSPENDER");
		assertThat(LiveSessions.of(this.plan, "GSPENDER")).isSameAs(live);
		assertThat(LiveSessions.of(this.plan, "GOTHER")).isNotSameAs(live);
	}

	@Test
	void allowanceThatNobodyUsesIsForgotten() {
		WeakReference<LiveSessions> live = new WeakReference<>(LiveSessions.of(this.plan, "GSPENDER"));
		assertThat(isForgotten(live)).isTrue();
	}

	@Test
	void sessionKeepsTheAllowanceThatItUsesNow() {
		Session session = new Session(this.client, opened("GSPENDER"));
		WeakReference<LiveSessions> before = new WeakReference<>(LiveSessions.of(this.plan, "GSPENDER"));
		assertThat(before.refersTo(session.live())).isTrue();
		session.use(opened("GNEXT"));
		assertThat(isForgotten(before)).isTrue();
		assertThat(LiveSessions.of(this.plan, "GNEXT")).isSameAs(session.live());
	}

	private static boolean isForgotten(WeakReference<LiveSessions> live) {
		for (int i = 0; i < 20 && !live.refersTo(null); i++) {
			System.gc();
		}
		return live.refersTo(null);
	}

	private OpenedSession opened(String spender) {
		RegistrationBody registration = this.plan.registration("ab12", 100, null);
		return OpenedSession.of("s3cret", spender, registration, Instant.now().plusSeconds(3600), null);
	}

}

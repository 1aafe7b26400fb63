package io.github.x402sessions.mcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a paid tool says before it is settled.
 */
class HeldNotificationsTests {

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private final HeldNotifications notifications = new HeldNotifications();

	private void say(String text, Mono<Void> taken) {
		this.notifications.send(() -> {
			this.sent.add(text);
			return taken;
		}).block();
	}

	@Test
	void oneThatFailsKeepsNoOtherBack() {
		say("first", Mono.error(new IllegalStateException("gone")));
		say("second", Mono.empty());
		assertThat(this.sent).isEmpty();
		this.notifications.release();
		assertThat(this.sent).containsExactly("first", "second");
	}

	@Test
	void aClientThatTakesNoneIsWaitedForOnce() {
		say("first", Mono.never());
		say("second", Mono.never());
		this.notifications.release();
		assertThat(this.sent).containsExactly("first");
	}

	@Test
	void whatIsNotSettledIsNeverSaid() {
		say("first", Mono.empty());
		this.notifications.drop();
		this.notifications.release();
		assertThat(this.sent).isEmpty();
	}

}

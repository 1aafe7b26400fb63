package io.github.x402sessions.core.facilitator.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import feign.Client;
import feign.Request;
import feign.Response;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class CallGuardTests {

	private static final Request REQUEST = Request.create(Request.HttpMethod.POST,
			URI.create("http://localhost/verify").toString(), Map.of(), new byte[0], null, null);

	private static final Request.Options OPTIONS = new Request.Options(1, TimeUnit.SECONDS, 1, TimeUnit.SECONDS, false);

	private static final Client HANGS = (request, options) -> {
		throw new HttpTimeoutException("late");
	};

	private static final Client FAILS = (request, options) -> answer(503);

	private static final Client ANSWERS = (request, options) -> answer(200);

	@Test
	void refusesAtOnceWhatIsBeyondTheBound() throws Exception {
		CallGuard guard = new CallGuard(2, Duration.ZERO, Duration.ofMinutes(1));
		HeldClient held = new HeldClient(2);
		Client slow = guard.bounded(held);
		CompletableFuture<Integer> first = status(slow);
		CompletableFuture<Integer> second = status(slow);
		held.awaitCalls();
		assertThatExceptionOfType(CallNotMadeException.class).isThrownBy(() -> call(slow))
			.matches((refusal) -> !refusal.isPaused());
		held.answer();
		assertThat(first.get()).isEqualTo(200);
		assertThat(second.get()).isEqualTo(200);
		assertThat(call(slow)).isEqualTo(200);
	}

	/** A burst of made-up payments must not cost those who really pay their answer. */
	@Test
	void whatIsBeyondTheBoundWaitsForItsTurn() throws Exception {
		CallGuard guard = new CallGuard(1, Eventually.PATIENCE, Duration.ofMinutes(1));
		HeldClient held = new HeldClient(1);
		Client slow = guard.bounded(held);
		CompletableFuture<Integer> first = status(slow);
		held.awaitCalls();
		AtomicReference<Thread> waiting = new AtomicReference<>();
		CompletableFuture<Integer> second = status(slow, waiting);
		untilItWaits(waiting, second);
		assertThatExceptionOfType(CallNotMadeException.class).as("too many wait").isThrownBy(() -> call(slow));
		held.answer();
		assertThat(first.get()).isEqualTo(200);
		assertThat(second.get()).isEqualTo(200);
	}

	@Test
	void whoIsInterruptedWhileWaitingIsRefusedAndTakesNothing() throws Exception {
		CallGuard guard = new CallGuard(1, Eventually.PATIENCE, Duration.ofMinutes(1));
		HeldClient held = new HeldClient(1);
		Client slow = guard.bounded(held);
		CompletableFuture<Integer> first = status(slow);
		held.awaitCalls();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CallNotMadeException.class).isThrownBy(() -> call(slow));
		assertThat(Thread.interrupted()).isTrue();
		held.answer();
		assertThat(first.get()).isEqualTo(200);
		assertThat(call(slow)).isEqualTo(200);
	}

	@Test
	void nobodyWaitsForAFacilitatorThatIsNotAsked() throws Exception {
		CallGuard guard = new CallGuard(1, Eventually.PATIENCE, Duration.ofMinutes(1));
		HeldClient held = new HeldClient(1);
		CompletableFuture<Integer> first = status(guard.bounded(held));
		held.awaitCalls();
		for (int i = 0; i < 10; i++) {
			assertThatIOException().isThrownBy(() -> call(guard.watched(HANGS)));
		}
		CompletableFuture<Integer> second = status(guard.bounded(ANSWERS));
		assertThat(second).failsWithin(Eventually.PATIENCE.dividedBy(2));
		held.answer();
		assertThat(first.get()).isEqualTo(200);
	}

	@Test
	void asksNoMoreWhileMostCallsGetNoAnswer() throws Exception {
		CallGuard guard = new CallGuard(2, Duration.ZERO, Duration.ofMinutes(1));
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> call(guard.bounded(HANGS)));
		}
		assertThatExceptionOfType(CallNotMadeException.class).isThrownBy(() -> call(guard.bounded(ANSWERS)))
			.matches(CallNotMadeException::isPaused);
		assertThat(call(guard.watched(ANSWERS))).as("what settles is always called").isEqualTo(200);
	}

	@Test
	void settlementsWithoutAnAnswerCount() {
		CallGuard guard = new CallGuard(2, Duration.ZERO, Duration.ofMinutes(1));
		for (int i = 0; i < 10; i++) {
			assertThatIOException().isThrownBy(() -> call(guard.watched(HANGS)));
		}
		assertThatExceptionOfType(CallNotMadeException.class).isThrownBy(() -> call(guard.bounded(ANSWERS)));
	}

	/** What a made-up payment is answered must not stop those of others. */
	@Test
	void anAnswerThatSaysNoIsOne() throws Exception {
		CallGuard guard = new CallGuard(2, Duration.ZERO, Duration.ofMinutes(1));
		for (int i = 0; i < 40; i++) {
			assertThat(call(guard.bounded(FAILS))).isEqualTo(503);
		}
	}

	@Test
	void asksAgainAfterThePause() throws Exception {
		CallGuard guard = new CallGuard(2, Duration.ZERO, Duration.ofMillis(1));
		for (int i = 0; i < 10; i++) {
			assertThatIOException().isThrownBy(() -> call(guard.watched(HANGS)));
		}
		long start = System.nanoTime();
		while (System.nanoTime() - start < Duration.ofMillis(1).toNanos()) {
			Thread.onSpinWait();
		}
		for (int i = 0; i < 20; i++) {
			assertThat(call(guard.bounded(ANSWERS))).isEqualTo(200);
		}
	}

	private static void untilItWaits(AtomicReference<Thread> thread, CompletableFuture<?> call) {
		while (thread.get() == null || thread.get().getState() != Thread.State.TIMED_WAITING) {
			assertThat(call).as("it does not wait").isNotDone();
			Thread.onSpinWait();
		}
	}

	private static CompletableFuture<Integer> status(Client client) {
		return status(client, new AtomicReference<>());
	}

	private static CompletableFuture<Integer> status(Client client, AtomicReference<Thread> thread) {
		return CompletableFuture.supplyAsync(() -> {
			thread.set(Thread.currentThread());
			try {
				return call(client);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task).start());
	}

	private static int call(Client client) throws IOException {
		try (Response answer = client.execute(REQUEST, OPTIONS)) {
			return answer.status();
		}
	}

	private static Response answer(int status) {
		return Response.builder().request(REQUEST).status(status).headers(Map.of()).body(new byte[0]).build();
	}

	/** A client whose calls wait until it answers. */
	private static final class HeldClient implements Client {

		private final CountDownLatch entered;

		private final CountDownLatch leave = new CountDownLatch(1);

		HeldClient(int calls) {
			this.entered = new CountDownLatch(calls);
		}

		/** Wait until so many calls wait. */
		void awaitCalls() {
			Eventually.opens(this.entered);
		}

		void answer() {
			this.leave.countDown();
		}

		@Override
		public Response execute(Request request, Request.Options options) {
			this.entered.countDown();
			Eventually.opens(this.leave);
			return CallGuardTests.answer(200);
		}

	}

}

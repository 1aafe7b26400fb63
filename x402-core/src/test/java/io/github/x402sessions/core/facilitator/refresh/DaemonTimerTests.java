package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DaemonTimerTests {

	private final RefreshTimer timer = RefreshTimer.daemon("timer");

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

	@Test
	void aTaskThatHasBegunWhenTheTimerIsClosedIsLetEnd() throws InterruptedException {
		this.timer.after(Duration.ZERO, this::task);
		Eventually.opens(this.begun);
		Thread closing = closing();
		Eventually.isTrue(() -> closing.getState() == Thread.State.TIMED_WAITING || !closing.isAlive());
		this.mayEnd.countDown();
		closing.join();
		assertThat(this.ends).containsExactly("ended");
	}

	@Test
	void aTaskThatDoesNotEndIsInterrupted() throws InterruptedException {
		this.timer.after(Duration.ZERO, this::task);
		Eventually.opens(this.begun);
		closing().join();
		assertThat(this.ends).containsExactly("interrupted");
	}

	@Test
	void whatHasNotBegunIsDropped() {
		this.timer.after(Duration.ofDays(1), this::task);
		this.timer.close();
		this.timer.after(Duration.ZERO, this::task);
		assertThat(this.begun.getCount()).isOne();
	}

	@Test
	void whatIsDueAndHasNotBegunIsDroppedToo() throws InterruptedException {
		this.timer.after(Duration.ZERO, this::task);
		this.timer.after(Duration.ZERO, () -> this.ends.add("another"));
		Eventually.opens(this.begun);
		Thread closing = closing();
		Eventually.isTrue(() -> closing.getState() == Thread.State.TIMED_WAITING);
		this.mayEnd.countDown();
		closing.join();
		assertThat(this.ends).containsExactly("ended");
	}

	@Test
	void aTaskThatClosesItsTimerDoesNotWaitForItself() throws InterruptedException {
		this.mayEnd.countDown();
		this.timer.after(Duration.ZERO, () -> {
			this.timer.close();
			task();
		});
		assertThat(this.ends.poll(1, TimeUnit.SECONDS)).isEqualTo("ended");
	}

	private Thread closing() {
		Thread closing = new Thread(this.timer::close, "closing");
		closing.start();
		return closing;
	}

	private void task() {
		this.begun.countDown();
		try {
			this.mayEnd.await();
			this.ends.add("ended");
		}
		catch (InterruptedException ex) {
			this.ends.add("interrupted");
		}
	}

}

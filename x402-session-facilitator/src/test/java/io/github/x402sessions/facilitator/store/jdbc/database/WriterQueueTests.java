package io.github.x402sessions.facilitator.store.jdbc.database;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;

class WriterQueueTests {

	private final HikariDataSource dataSource = new HikariDataSource();

	private final List<String> turns = new CopyOnWriteArrayList<>();

	/** Without an order, one who asks at once comes before those who have to wake up. */
	@Test
	void whoWritesAllTheTimeLetsThoseWhoWaitHaveTheirTurn() throws Exception {
		WriterQueue queue = queue();
		for (int i = 1; i <= 20; i++) {
			Runnable turn = queue.await();
			Thread waiting = writer();
			turn.run();
			Runnable next = queue.await();
			assertThat(this.turns).hasSize(i);
			next.run();
			waiting.join();
		}
	}

	@Test
	void whoStopsWaitingHearsThatOthersAreWriting() {
		Runnable turn = queue().await();
		CompletableFuture<Exception> heard = new CompletableFuture<>();
		Thread writer = new Thread(() -> {
			try {
				queue().await();
			}
			catch (CannotAcquireLockException ex) {
				heard.complete(Thread.currentThread().isInterrupted() ? ex : null);
			}
		});
		writer.start();
		Eventually.isTrue(() -> writer.getState() == Thread.State.TIMED_WAITING);
		writer.interrupt();
		assertThat(heard.join()).isInstanceOf(CannotAcquireLockException.class);
		turn.run();
	}

	@Test
	void eachDatabaseHasAQueueOfItsOwnUnlessItTakesManyWriters() throws Exception {
		Runnable turn = queue().await();
		try (HikariDataSource other = new HikariDataSource()) {
			Thread writer = new Thread(() -> {
				WriterQueue.of(other, Dialect.SQLITE).await().run();
				WriterQueue.of(this.dataSource, Dialect.POSTGRESQL).await().run();
				this.turns.add("both");
			});
			writer.start();
			writer.join();
		}
		assertThat(this.turns).containsExactly("both");
		turn.run();
	}

	private WriterQueue queue() {
		return WriterQueue.of(this.dataSource, Dialect.SQLITE);
	}

	/** Somebody who has begun to wait. */
	private Thread writer() {
		Thread writer = new Thread(() -> {
			Runnable turn = queue().await();
			this.turns.add("waited");
			turn.run();
		});
		writer.start();
		Eventually.isTrue(() -> writer.getState() == Thread.State.TIMED_WAITING);
		return writer;
	}

}

package io.github.x402sessions.spring.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.x402sessions.core.csv.CsvLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes entries on a thread of its own, as many together as wait, and tries again until
 * the database takes them. What does not fit into its queue, or waits still when it has
 * to stop, is written to the log, a line for each: no entry is lost without a trace.
 * Thread-safe.
 */
final class JournalWriter implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(JournalWriter.class);

	private static final int TOGETHER = 200;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final JournalTable table;

	private final Duration stopTimeout;

	private final BlockingQueue<JournalEntry> queue;

	private final AtomicLong written = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final Thread thread = new Thread(this::write, "x402-journal");

	private final CountDownLatch closing = new CountDownLatch(1);

	private final Object adding = new Object();

	/** Says so once, not with each try. */
	private boolean failing;

	private volatile long deadline;

	private volatile boolean ended;

	JournalWriter(JournalTable table, JournalProperties properties) {
		this.table = table;
		this.stopTimeout = properties.stopTimeout();
		this.queue = new ArrayBlockingQueue<>(properties.queueSize());
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** Write an entry soon. Never waits and never fails. */
	void add(JournalEntry entry) {
		boolean taken;
		synchronized (this.adding) {
			taken = !isClosing() && !this.ended && this.queue.offer(entry);
		}
		if (!taken) {
			lose(entry, isClosing() ? "the application has stopped"
					: this.ended ? "nobody writes it any more" : "x402.journal.queue-size entries wait already");
		}
	}

	/** Return how many entries the database has taken. */
	long written() {
		return this.written.get();
	}

	/** Return how many entries are in the log only. */
	long lost() {
		return this.lost.get();
	}

	/** Return how many entries wait. */
	int waiting() {
		return this.queue.size();
	}

	private boolean isClosing() {
		return this.closing.getCount() == 0;
	}

	private void write() {
		List<JournalEntry> entries = new ArrayList<>();
		try {
			while (!isClosing() || !this.queue.isEmpty()) {
				JournalEntry first = this.queue.poll(FIRST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
				if (first != null) {
					entries.add(first);
					this.queue.drainTo(entries, TOGETHER - 1);
					writeAll(entries);
					entries.clear();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			synchronized (this.adding) {
				this.ended = true;
			}
			this.queue.drainTo(entries);
			entries.forEach((entry) -> lose(entry, "the database did not take it before the application stopped"));
		}
	}

	private void writeAll(List<JournalEntry> entries) throws InterruptedException {
		Duration pause = FIRST_PAUSE;
		while (!tryAll(entries)) {
			if (isClosing() && System.nanoTime() - this.deadline > 0) {
				throw new InterruptedException("the time to stop is over");
			}
			this.closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
			if (isClosing()) {
				TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE.toMillis());
			}
			pause = (pause.compareTo(LONGEST_PAUSE) < 0) ? pause.multipliedBy(2) : LONGEST_PAUSE;
		}
	}

	/**
	 * What the database will never take keeps nothing else from being written. A driver
	 * may fail with anything.
	 */
	private boolean tryAll(List<JournalEntry> entries) {
		try {
			this.table.append(entries);
			this.written.addAndGet(entries.size());
			recovered();
			return true;
		}
		catch (DataIntegrityViolationException ex) {
			return tryEach(entries);
		}
		catch (RuntimeException ex) {
			failed(ex);
			return false;
		}
	}

	private boolean tryEach(List<JournalEntry> entries) {
		while (!entries.isEmpty()) {
			JournalEntry entry = entries.get(0);
			try {
				this.table.append(List.of(entry));
				this.written.incrementAndGet();
			}
			catch (DataIntegrityViolationException ex) {
				lose(entry, "the database refuses it");
			}
			catch (RuntimeException ex) {
				failed(ex);
				return false;
			}
			entries.remove(0);
		}
		recovered();
		return true;
	}

	private void failed(RuntimeException failure) {
		if (!this.failing) {
			this.failing = true;
			logger.error("The journal of payments cannot be written; it is tried again, payments go on", failure);
		}
	}

	private void recovered() {
		if (this.failing) {
			this.failing = false;
			logger.info("The journal of payments is written again");
		}
	}

	private void lose(JournalEntry entry, String why) {
		this.lost.incrementAndGet();
		logger.error("Not in the journal of payments, because {}: {}", why, CsvLine.of(entry.cells()));
	}

	/** Write what waits, for as long as a stop may take. */
	@Override
	public void close() {
		this.deadline = System.nanoTime() + this.stopTimeout.toNanos();
		synchronized (this.adding) {
			this.closing.countDown();
		}
		try {
			this.thread.join(this.stopTimeout.plusSeconds(1).toMillis());
			if (this.thread.isAlive()) {
				this.thread.interrupt();
				this.thread.join(Duration.ofSeconds(1).toMillis());
			}
		}
		catch (InterruptedException ex) {
			this.thread.interrupt();
			Thread.currentThread().interrupt();
		}
	}

}

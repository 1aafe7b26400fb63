package io.github.x402sessions.core.facilitator.notice;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.refresh.Backoff;
import io.github.x402sessions.core.facilitator.refresh.RefreshTimer;
import io.github.x402sessions.core.protocol.NoticePage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the books of one facilitator for one recipient page by page, and asks now and
 * then for more. A page counts as read once everybody has heard of all of it.
 */
final class NoticePoller {

	private static final Logger logger = LoggerFactory.getLogger(NoticePoller.class);

	/** About two ledgers. */
	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private final SettlementNotices notices;

	private final String recipient;

	private final NoticeCursor cursor;

	private final NoticeListener listener;

	private final RefreshTimer timer;

	private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5),
			RandomGenerator.getDefault());

	private int failures;

	/** From where on changes are told, as long as what is open is not. */
	private @Nullable String began;

	NoticePoller(SettlementNotices notices, String recipient, NoticeCursor cursor, NoticeListener listener,
			RefreshTimer timer) {
		this.notices = notices;
		this.recipient = recipient;
		this.cursor = cursor;
		this.listener = listener;
		this.timer = timer;
	}

	/** Read a page, and the next one later, on the timer's thread. */
	void poll() {
		Duration pause = INTERVAL;
		try {
			pause = read() ? Duration.ZERO : INTERVAL;
			if (this.failures > 0) {
				logger.info("What became of payments to {} is told by facilitator '{}' again", this.recipient,
						this.notices.facilitator());
			}
			this.failures = 0;
		}
		catch (RuntimeException ex) {
			this.failures++;
			pause = this.backoff.after(this.failures);
			if (this.failures == 1) {
				tell(ex);
			}
		}
		finally {
			this.timer.after(pause, this::poll);
		}
	}

	/** Tell whether there may be more. */
	private boolean read() {
		Optional<String> kept = this.cursor.read(this.notices.facilitator(), this.recipient);
		if (kept.isEmpty() && !this.cursor.beginsWithTheFirst()) {
			beginNow();
			return true;
		}
		String since = kept.orElse(SettlementNotices.FIRST);
		Optional<NoticePage> page = this.notices.page(this.recipient, since);
		if (page.isEmpty()) {
			beginAgain(since);
			return false;
		}
		Optional<String> next = tell(page.get(), since);
		next.ifPresent(this::keep);
		return next.isPresent();
	}

	/**
	 * Tell what is open. Where that has to be tried again, what has changed since the
	 * first time is told as well.
	 */
	private void beginNow() {
		String latest = (this.began != null) ? this.began : latest();
		this.began = latest;
		Optional<String> more = Optional.of(SettlementNotices.FIRST);
		while (more.isPresent()) {
			more = tell(this.notices.open(this.recipient, more.get()), more.get());
		}
		keep(latest);
		this.began = null;
	}

	private String latest() {
		return next(this.notices.page(this.recipient, SettlementNotices.LATEST).orElseThrow(this::unknown),
				SettlementNotices.LATEST);
	}

	/** Books that a backup has replaced may have other changes before that place. */
	private void beginAgain(String since) {
		if (since.equals(SettlementNotices.FIRST)) {
			throw unknown();
		}
		logger.warn("Facilitator '{}' shows older books of payments to {} than before: they are read anew",
				this.notices.facilitator(), this.recipient);
		if (this.cursor.beginsWithTheFirst()) {
			keep(SettlementNotices.FIRST);
		}
		else {
			beginNow();
		}
	}

	private FacilitatorProtocolException unknown() {
		return new FacilitatorProtocolException("facilitator does not show its settlements", null);
	}

	private void keep(String next) {
		this.cursor.keep(this.notices.facilitator(), this.recipient, next);
	}

	/** Tell a page, and where the next one begins if there may be one. */
	private Optional<String> tell(NoticePage page, String since) {
		if (page.settlements().isEmpty()) {
			return Optional.empty();
		}
		String next = next(page, since);
		page.settlements().forEach((notice) -> this.listener.told(this.recipient, notice));
		return Optional.of(next);
	}

	/** A page that leads nowhere would be read for ever. */
	private static String next(NoticePage page, String since) {
		String next = page.next();
		if (next == null || next.isBlank() || next.equals(since)) {
			throw new FacilitatorProtocolException("facilitator does not say what follows its settlements", null);
		}
		return next;
	}

	private void tell(RuntimeException failure) {
		String remedy = (failure instanceof FacilitatorAccessException)
				? ". Set x402.facilitator.authorization to the key of that recipient" : "";
		logger.atWarn()
			.setCause((failure instanceof FacilitatorException) ? null : failure)
			.log("What became of payments to {} cannot be followed at facilitator '{}' for now: {}{}", this.recipient,
					this.notices.facilitator(), failure.getMessage(), remedy);
	}

}

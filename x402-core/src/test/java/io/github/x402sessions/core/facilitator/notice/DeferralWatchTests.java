package io.github.x402sessions.core.facilitator.notice;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.ManualTimer;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.NoticePage;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DeferralWatchTests {

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final PricedRoute ROUTE = PricedRoute
		.of("/a",
				PaymentTerms.of("session", FakeFacilitator.TESTNET, Asset.usdc(Network.STELLAR_TESTNET), "0.10",
						MERCHANT))
		.withTiming(SettlementTiming.DEFERRED);

	private final FakeFacilitator facilitator = new FakeFacilitator("session");

	private final Books books = new Books();

	private final ManualTimer timer = new ManualTimer();

	private final List<String> heard = new ArrayList<>();

	private final CapturedLog log = CapturedLog.of(NoticePoller.class, Level.INFO);

	@TempDir
	private Path folder;

	private NoticeCursor cursor;

	@BeforeEach
	void defer() {
		this.cursor = NoticeCursor.inFile(this.folder.resolve("cursor"));
		this.facilitator.support(Map.of("deferred", true), "session");
		this.facilitator.notices = this.books;
	}

	@AfterEach
	void restoreTheLog() {
		this.log.close();
	}

	@Test
	void whatHasChangedIsToldPageByPageAndAskedForAgainLater() {
		follow(ROUTE);
		assertThat(this.timer.delay).isZero();
		this.timer.elapse();
		this.timer.elapse();
		assertThat(this.heard).containsExactly("a committed", "b confirmed", "a confirmed");
		assertThat(this.timer.delay).isEqualTo(Duration.ofSeconds(10));
		this.books.rows.add(row("b", "defaulted"));
		this.timer.elapse();
		assertThat(this.heard).last().isEqualTo("b defaulted");
		assertThat(this.books.recipients).containsOnly(MERCHANT);
		assertThat(this.log.messages()).isEmpty();
	}

	@Test
	void aPageIsReadOnceEverybodyHasHeardOfIt() {
		follow(ROUTE, (recipient, notice) -> {
			this.heard.add(notice.id());
			if (this.heard.size() == 2) {
				throw new IllegalStateException("the application's database is away");
			}
		});
		assertThat(this.timer.delay).isPositive();
		this.timer.elapse();
		this.timer.elapse();
		assertThat(this.heard).containsExactly("a", "b", "a", "b", "a");
		assertThat(this.log.messages()).first().asString().contains("the application's database is away");
		assertThat(this.log.messages()).last().asString().contains("again");
	}

	@Test
	void theNextProcessGoesOnWhereThisOneStopped() {
		this.cursor = NoticeCursor.inFile(this.folder.resolve("cursor"));
		follow(ROUTE);
		this.cursor = NoticeCursor.inFile(this.folder.resolve("cursor"));
		follow(ROUTE);
		assertThat(this.heard).containsExactly("a committed", "b confirmed", "a confirmed");
	}

	@Test
	void aProcessThatRemembersNothingBeginsWithWhatIsOpen() {
		this.cursor = NoticeCursor.inMemory();
		this.books.rows.addAll(List.of(row("c", "committed"), row("d", "submitted"), row("e", "held")));
		follow(ROUTE);
		assertThat(this.heard).containsExactly("c committed", "d submitted", "e held");
		this.timer.elapse();
		assertThat(this.timer.delay).isEqualTo(Duration.ofSeconds(10));
		this.books.rows.add(row("c", "confirmed"));
		this.timer.elapse();
		assertThat(this.heard).hasSize(4).last().isEqualTo("c confirmed");
	}

	@Test
	void whatChangesWhileThatIsReadWhichIsOpenIsToldAfterwards() {
		this.cursor = NoticeCursor.inMemory();
		this.books.rows.add(row("c", "committed"));
		this.books.whenOpenIsRead = () -> this.books.rows.add(row("c", "confirmed"));
		follow(ROUTE);
		this.timer.elapse();
		assertThat(this.heard).contains("c committed").last().isEqualTo("c confirmed");
	}

	@Test
	void whatChangesBeforeThatIsReadAgainIsToldToo() {
		this.cursor = NoticeCursor.inMemory();
		this.books.rows.add(row("c", "committed"));
		follow(ROUTE, (recipient, notice) -> {
			hear(recipient, notice);
			if (this.heard.size() == 1) {
				this.books.rows.add(row("c", "confirmed"));
				throw new IllegalStateException("the application's database is away");
			}
		});
		this.timer.elapse();
		this.timer.elapse();
		assertThat(this.heard).containsExactly("c committed", "c confirmed");
	}

	@Test
	void booksOfABackupAreReadFromTheFirst() {
		follow(ROUTE);
		this.timer.elapse();
		this.books.rows.subList(1, 3).clear();
		this.timer.elapse();
		assertThat(this.timer.delay).isEqualTo(Duration.ofSeconds(10));
		this.timer.elapse();
		assertThat(this.heard).containsExactly("a committed", "b confirmed", "a confirmed", "a committed");
		assertThat(this.log.messages()).singleElement().asString().contains("older books", MERCHANT);
	}

	@Test
	void ofTheBooksOfABackupThatIsToldAgainWhichIsOpen() {
		this.cursor = NoticeCursor.inMemory();
		follow(ROUTE);
		this.books.rows.subList(1, 3).clear();
		this.timer.elapse();
		assertThat(this.heard).containsExactly("a committed");
		this.books.rows.add(row("a", "confirmed"));
		this.timer.elapse();
		assertThat(this.heard).containsExactly("a committed", "a confirmed");
	}

	@Test
	void booksThatAreNotShownAreNotAskedForWithoutEnd() {
		this.books.known = -1;
		follow(ROUTE);
		Duration first = this.timer.delay;
		this.timer.elapse();
		this.timer.elapse();
		assertThat(this.timer.delay).isGreaterThan(first);
		this.cursor = NoticeCursor.inMemory();
		follow(ROUTE);
		assertThat(this.timer.delay).isPositive();
		assertThat(this.heard).isEmpty();
	}

	@Test
	void aFacilitatorThatFailsIsAskedLessAndLess() {
		this.books.failure = new FacilitatorUnavailableException("down", null);
		follow(ROUTE);
		Duration first = this.timer.delay;
		for (int i = 0; i < 20; i++) {
			this.timer.elapse();
		}
		assertThat(this.timer.delay).isGreaterThan(first.multipliedBy(10)).isLessThanOrEqualTo(Duration.ofMinutes(5));
		assertThat(this.log.messages()).hasSize(1);
		this.books.failure = null;
		this.timer.elapse();
		assertThat(this.heard).isNotEmpty();
		assertThat(this.log.messages()).hasSize(2);
	}

	@Test
	void aKeyThatIsNotTheRecipientsIsToldTheOperator() {
		this.books.failure = new FacilitatorAccessException("facilitator refuses this server");
		follow(ROUTE);
		assertThat(this.log.messages()).first()
			.asString()
			.contains(MERCHANT, "refuses this server", "x402.facilitator.authorization");
	}

	@Test
	void booksThatLeadNowhereAreNotReadForEver() {
		this.books.next = "1";
		this.cursor.keep(this.books.facilitator(), MERCHANT, "1");
		follow(ROUTE);
		assertThat(this.heard).isEmpty();
		assertThat(this.timer.delay).isPositive();
	}

	@Test
	void nothingIsAskedWithoutARouteThatDefers() {
		follow(ROUTE.withTiming(SettlementTiming.AT_COMMIT));
		assertThat(this.timer.count).isZero();
	}

	@Test
	void aFacilitatorThatBeginsToDeferIsFollowedFromThenOn() {
		this.facilitator.support(Map.of(), "session");
		follow(ROUTE);
		assertThat(this.timer.delay).isPositive();
		assertThat(this.books.recipients).isEmpty();
		this.facilitator.fail(new FacilitatorUnavailableException("down", null));
		this.timer.elapse();
		this.facilitator.fail(null);
		this.facilitator.support(Map.of("deferred", true), "session");
		this.timer.elapse();
		assertThat(this.heard).isNotEmpty();
	}

	@Test
	void oneRecipientIsFollowedOnce() {
		PricedRoute again = PricedRoute.of("/b", ROUTE.accepts().get(0)).withTiming(SettlementTiming.DEFERRED);
		DeferralWatch watch = new DeferralWatch(this.facilitator, this.cursor, this::hear, this.timer);
		watch.follow(List.of(ROUTE, again));
		assertThat(this.timer.count).isOne();
		watch.close();
		assertThat(this.timer.closed).isTrue();
	}

	@Test
	void anApplicationIsToldOnAThreadOfItsOwn() {
		BlockingQueue<String> told = new LinkedBlockingQueue<>();
		try (DeferralWatch watch = DeferralWatch.start(this.facilitator, List.of(ROUTE), this.cursor,
				(recipient, notice) -> told.add(Thread.currentThread().getName() + " " + notice.id()))) {
			assertThat(watch).isNotNull();
			assertThat(Eventually.next(told)).isEqualTo("x402-deferred-payments a");
		}
	}

	/** Begin, and read the first page if it comes to that. */
	private void follow(PricedRoute route) {
		follow(route, this::hear);
	}

	private void follow(PricedRoute route, NoticeListener listener) {
		new DeferralWatch(this.facilitator, this.cursor, listener, this.timer).follow(List.of(route));
		if (this.timer.count > 0) {
			this.timer.elapse();
		}
	}

	private void hear(String recipient, SettlementNotice notice) {
		this.heard.add(notice.id() + " " + notice.status());
	}

	private static SettlementNotice row(String id, String status) {
		return new SettlementNotice(id, status, "1", "CA", FakeFacilitator.TESTNET, null, null, null, null, null, true);
	}

	/** Books of which each page has two rows at most. */
	private static final class Books implements SettlementNotices {

		private final List<SettlementNotice> rows = new ArrayList<>(
				List.of(row("a", "committed"), row("b", "confirmed"), row("a", "confirmed")));

		private final List<String> recipients = new ArrayList<>();

		private RuntimeException failure;

		private String next;

		/** Up to where they go; as far as there are rows unless it is less. */
		private int known = Integer.MAX_VALUE;

		private Runnable whenOpenIsRead = () -> {
		};

		@Override
		public String facilitator() {
			return "https://facilitator.example";
		}

		@Override
		public Optional<NoticePage> page(String recipient, String since) {
			this.recipients.add(recipient);
			if (this.failure != null) {
				throw this.failure;
			}
			int last = Math.min(this.rows.size(), this.known);
			int from = since.equals(LATEST) ? last : Integer.parseInt(since);
			if (from > last || from < 0) {
				return Optional.empty();
			}
			return Optional.of(page(this.rows, from));
		}

		private NoticePage page(List<SettlementNotice> rows, int from) {
			int to = Math.min(from + 2, rows.size());
			return new NoticePage(List.copyOf(rows.subList(Math.min(from, to), to)),
					(this.next != null) ? this.next : String.valueOf(to));
		}

		/** What is committed and confirmed afterwards is in the rows twice. */
		@Override
		public NoticePage open(String recipient, String since) {
			List<SettlementNotice> open = this.rows.stream()
				.filter((row) -> row.deferral().orElseThrow().isOpen() && this.rows.stream()
					.noneMatch((other) -> other.id().equals(row.id()) && other.status().equals("confirmed")))
				.toList();
			NoticePage page = page(open, Integer.parseInt(since));
			this.whenOpenIsRead.run();
			return page;
		}

	}

}

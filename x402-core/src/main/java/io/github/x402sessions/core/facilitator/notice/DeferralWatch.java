package io.github.x402sessions.core.facilitator.notice;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.refresh.RefreshTimer;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what becomes of deferred payments in the books of their facilitators, where
 * there are routes that defer: everything that changes for one of their recipients is
 * told at least once, in order, and told again where a listener throws, where the process
 * ends before the {@link NoticeCursor} has kept it, or where a backup has replaced the
 * books. Each facilitator is asked once for each recipient, every 10 seconds, and with
 * growing pauses while it fails.
 * <p>
 * Runs one daemon thread until it is closed; close it when the application stops.
 */
public final class DeferralWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DeferralWatch.class);

	/** A facilitator that does not defer now may do so after its next restart. */
	private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

	private final Facilitator facilitator;

	private final NoticeCursor cursor;

	private final NoticeListener listener;

	private final RefreshTimer timer;

	/** Read and written on the timer's thread. */
	private final Set<Books> followed = new HashSet<>();

	DeferralWatch(Facilitator facilitator, NoticeCursor cursor, NoticeListener listener, RefreshTimer timer) {
		this.facilitator = Objects.requireNonNull(facilitator, "facilitator");
		this.cursor = Objects.requireNonNull(cursor, "cursor");
		this.listener = Objects.requireNonNull(listener, "listener");
		this.timer = timer;
	}

	/**
	 * Begin to follow what is paid for routes. Returns at once.
	 * @param facilitator who settles for them; several are asked each for its own
	 * @param routes the routes; those that do not defer are left out
	 * @param cursor keeps how far the books were read
	 * @param listener hears of every settlement that has changed, deferred or not, on the
	 * thread that asks
	 * @return a watch that has to be closed
	 */
	public static DeferralWatch start(Facilitator facilitator, Collection<PricedRoute> routes, NoticeCursor cursor,
			NoticeListener listener) {
		DeferralWatch watch = new DeferralWatch(facilitator, cursor, listener,
				RefreshTimer.daemon("x402-deferred-payments"));
		watch.follow(routes);
		return watch;
	}

	void follow(Collection<PricedRoute> routes) {
		Set<Payee> payees = new LinkedHashSet<>();
		routes.forEach((route) -> route.deferrable().forEach((terms) -> payees.add(Payee.of(terms))));
		payees.forEach((payee) -> this.timer.after(Duration.ZERO, () -> follow(payee)));
	}

	private void follow(Payee payee) {
		books(payee).ifPresentOrElse(this::begin, () -> this.timer.after(LOOK_AGAIN, () -> follow(payee)));
	}

	private Optional<Books> books(Payee payee) {
		try {
			return this.facilitator.find(payee.scheme(), payee.network())
				.filter((kind) -> PaymentScheme.of(payee.scheme()).deferral().isOffered(kind.kind()))
				.map(FacilitatedKind::facilitator)
				.flatMap(Facilitator::notices)
				.map((notices) -> new Books(notices, payee.recipient()));
		}
		catch (FacilitatorException ex) {
			logger.debug("It is not known yet whether payments to {} are deferred", payee.recipient(), ex);
			return Optional.empty();
		}
	}

	private void begin(Books books) {
		if (this.followed.add(books)) {
			new NoticePoller(books.notices(), books.recipient(), this.cursor, this.listener, this.timer).poll();
		}
	}

	/** Stop asking. */
	@Override
	public void close() {
		this.timer.close();
	}

	/** Who is paid, and how. */
	private record Payee(String scheme, String network, String recipient) {

		static Payee of(PaymentTerms terms) {
			return new Payee(terms.scheme(), terms.network(), terms.payTo());
		}

	}

	/** What one facilitator shows to one recipient. */
	private record Books(SettlementNotices notices, String recipient) {
	}

}

package io.github.x402sessions.facilitator.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiPredicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse.Status;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.discovery.CatalogueObserver.Outcome;
import io.github.x402sessions.facilitator.discovery.listing.ListingReader;
import io.github.x402sessions.facilitator.discovery.listing.UnlistableException;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Lists what settled payments declared, in a thread of its own: whoever settles hands a
 * payment over and goes on. What was listed a moment ago is not looked at again, what is
 * too much at once is dropped, and the next payment brings it again. A payment that is
 * only promised waits until it is made. Thread-safe.
 */
public final class Catalogue implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Catalogue.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	/** How long the same declaration, paid again, is not looked at. */
	private static final Duration REFRESHED = Duration.ofMinutes(1);

	private static final long REMEMBERED = 10_000;

	private static final ExtensionResponse PROCESSING = new ExtensionResponse(BazaarDeclaration.EXTENSION,
			Status.PROCESSING, null);

	private static final ExtensionResponse SUCCESS = new ExtensionResponse(BazaarDeclaration.EXTENSION, Status.SUCCESS,
			null);

	private final ListingReader reader;

	private final Listings listings;

	private final ListingLimits limits;

	private final BiPredicate<String, String> sameSeller;

	private final AwaitedCommitments promised;

	private final CatalogueObserver observer;

	private final BlockingQueue<Candidate> queue;

	private final Cache<String, ExtensionResponse> words = Caffeine.newBuilder()
		.maximumSize(REMEMBERED)
		.expireAfterWrite(REFRESHED)
		.build();

	private final Thread thread = new Thread(this::run, "x402-catalogue");

	/**
	 * Create it.
	 * @param reader makes listings of payments
	 * @param listings keeps them
	 * @param limits how much is listed, and for how long
	 * @param sameSeller whether two recipients are one seller
	 * @param promised knows which payments are made that were promised
	 * @param observer hears what became of declarations
	 * @param waiting how many payments wait to be looked at
	 */
	public Catalogue(ListingReader reader, Listings listings, ListingLimits limits,
			BiPredicate<String, String> sameSeller, AwaitedCommitments promised, CatalogueObserver observer,
			int waiting) {
		this.reader = reader;
		this.listings = listings;
		this.limits = limits;
		this.sameSeller = sameSeller;
		this.promised = promised;
		this.observer = observer;
		this.queue = new ArrayBlockingQueue<>(waiting);
		this.thread.setDaemon(true);
	}

	/** Begin. */
	public void start() {
		this.thread.start();
		this.promised.start(this::offer);
	}

	/**
	 * Take notice of a settlement.
	 * @param payment what was to be paid
	 * @param answer what came of it
	 */
	void settled(FacilitatorRequest payment, SettleResponse answer) {
		String key = key(payment);
		if (key == null || !answer.success() || isReplayed(answer) || this.words.getIfPresent(key) != null) {
			return;
		}
		if (payment.paymentRequirements().payTo().equals(answer.payer())) {
			end(key, Outcome.REJECTED, "whoever is paid has paid");
			return;
		}
		this.words.put(key, PROCESSING);
		Candidate candidate = new Candidate(key, payment);
		if (answer.commitment().isPresent()) {
			if (!this.promised.await(answer.commitment().get(), candidate)) {
				drop(key);
			}
			return;
		}
		offer(candidate);
	}

	/** One payment is listed once, whatever comes with it when it is told again. */
	private static boolean isReplayed(SettleResponse answer) {
		Map<String, @Nullable Object> extensions = answer.extensions();
		return extensions != null && extensions.get(PaymentIdentifier.EXTENSION) instanceof Map<?, ?> identifier
				&& Boolean.TRUE.equals(identifier.get("replayed"));
	}

	private void offer(Candidate candidate) {
		if (!this.queue.offer(candidate)) {
			drop(candidate.key());
		}
	}

	private void drop(String key) {
		end(key, Outcome.DROPPED, "too much is to be listed at once; another payment brings it again");
		LOG.log(Outcome.DROPPED, (skipped) -> logger
			.warn("The catalogue has too much to do, and drops declarations ({} more since the last time)", skipped));
	}

	private void end(String key, Outcome outcome, String reason) {
		this.words.put(key, new ExtensionResponse(BazaarDeclaration.EXTENSION, Status.REJECTED, reason));
		this.observer.ended(outcome);
	}

	/**
	 * Return what is known of a payment's declaration.
	 * @param payment a payment, which need not be settled
	 * @return the word on it; empty if it declares nothing, or nothing that was paid for
	 * a moment ago
	 */
	public Optional<ExtensionResponse> response(FacilitatorRequest payment) {
		return Optional.ofNullable(key(payment)).map(this.words::getIfPresent);
	}

	/** Return what is the same for the same declaration at the same terms. */
	private static @Nullable String key(FacilitatorRequest payment) {
		Map<String, @Nullable Object> extensions = payment.paymentPayload().extensions();
		if (extensions == null || extensions.get(BazaarDeclaration.EXTENSION) == null) {
			return null;
		}
		Map<String, @Nullable Object> all = new HashMap<>();
		all.put("resource", payment.paymentPayload().resource());
		all.put("declared", extensions.get(BazaarDeclaration.EXTENSION));
		PaymentRequirements terms = payment.paymentRequirements();
		return Sha256
			.hex(String.join("\n", terms.scheme(), terms.network(), terms.asset(), terms.amount(), terms.payTo(), "")
					+ new String(WireJson.write(all), StandardCharsets.UTF_8));
	}

	private void run() {
		try {
			while (true) {
				list(this.queue.take());
			}
		}
		catch (InterruptedException ex) {
			// closed
		}
	}

	/** Whatever a stranger declares, the next one is looked at. */
	private void list(Candidate candidate) {
		try {
			ListingResult result = this.listings.put(this.reader.read(candidate.payment()), this.limits,
					this.sameSeller);
			if (result == ListingResult.LISTED) {
				this.words.put(candidate.key(), SUCCESS);
				this.observer.ended(Outcome.LISTED);
			}
			else {
				end(candidate.key(), Outcome.REJECTED, result.reason());
			}
		}
		catch (UnlistableException ex) {
			end(candidate.key(), Outcome.REJECTED, ex.reason());
		}
		catch (DataAccessException ex) {
			this.words.invalidate(candidate.key());
			this.observer.ended(Outcome.FAILED);
			LOG.log(Outcome.FAILED, (skipped) -> logger
				.warn("Nothing can be listed now ({} more since the last time): {}", skipped, ex.getMessage()));
		}
		catch (RuntimeException | Error ex) {
			end(candidate.key(), Outcome.REJECTED, "the declaration cannot be read");
			LOG.log(Outcome.REJECTED, (skipped) -> logger
				.error("A declaration cannot be read ({} more since the last time)", skipped, ex));
		}
	}

	/** What waits is not listed. */
	@Override
	public void close() {
		this.promised.close();
		this.thread.interrupt();
		try {
			this.thread.join(Duration.ofSeconds(5).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

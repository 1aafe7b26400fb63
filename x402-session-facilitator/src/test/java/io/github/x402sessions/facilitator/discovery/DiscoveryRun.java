package io.github.x402sessions.facilitator.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.discovery.listing.Declarations;
import io.github.x402sessions.facilitator.discovery.listing.Listing;
import io.github.x402sessions.facilitator.discovery.listing.ListingKey;
import io.github.x402sessions.facilitator.discovery.listing.ListingReader;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long searches take among 100 000 listings: a hundred kinds of service, each sold by
 * a thousand sellers with words of their own. No test: run by hand, it prints the figures
 * of {@code benchmarks/README.md}.
 */
class DiscoveryRun {

	private static final int LISTINGS = Integer.getInteger("x402.listings", 100_000);

	private static final int AT_ONCE = 1_000;

	private static final int ROUNDS = 5;

	private static final String SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu";

	private final Random random = new Random(402);

	@ParameterizedTest
	@EnumSource
	void search(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			fill(database);
			if (dialect == Dialect.POSTGRESQL) {
				database.jdbc().sql("analyze").update();
			}
			Listings listings = database.store().listings();
			CatalogueSearch search = new CatalogueSearch(listings, Clock.systemUTC());
			List<String> questions = new ArrayList<>(SampleListings.questions().keySet());
			ListingFilter filter = new ListingFilter("http", null, "session", "stellar:testnet", null, 500_000L);
			row(dialect, "search, 40 questions", questions,
					(question) -> search.search(question, ListingFilter.ALL, 20, SearchCursor.BEGIN));
			row(dialect, "search, filtered by type, scheme, network and price", questions,
					(question) -> search.search(question, filter, 20, SearchCursor.BEGIN));
			row(dialect, "search, one seller's own words",
					IntStream.range(0, 200).mapToObj((i) -> "weather " + word() + " " + word()).toList(),
					(question) -> search.search(question, ListingFilter.ALL, 20, SearchCursor.BEGIN));
			row(dialect, "a page of all", IntStream.range(0, 200).mapToObj(Integer::toString).toList(),
					(page) -> search.list(ListingFilter.ALL, 20, 20 * Integer.parseInt(page)));
		}
	}

	/** What a settlement takes more, while a thousand declarations are paid in turn. */
	@Test
	void settle() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			AtomicInteger ended = new AtomicInteger();
			try (Catalogue catalogue = new Catalogue(new ListingReader(16 * 1024, false), database.store().listings(),
					new ListingLimits(10_000, 10_000, Duration.ofDays(90)), String::equals,
					new AwaitedCommitments((id) -> Optional.empty(), Duration.ofHours(1)),
					(outcome) -> ended.incrementAndGet(), 1_000)) {
				catalogue.start();
				List<FacilitatorRequest> payments = IntStream.range(0, 1_000)
					.mapToObj((i) -> Declarations.http().resource("url", "\"https://s" + i + ".example/\"").payment())
					.toList();
				SettleResponse settled = new SettleResponse(true, null, null, "GPAYER", "a".repeat(64),
						"stellar:testnet", "1", null);
				for (int round = 0; round < 20; round++) {
					long begin = System.nanoTime();
					payments.forEach((payment) -> {
						catalogue.settled(payment, settled);
						catalogue.response(payment);
					});
					System.out.printf("| a settlement takes more, round %d | %.1f µs | %d looked at |%n", round,
							(System.nanoTime() - begin) / 1e3 / payments.size(), ended.get());
				}
			}
		}
	}

	private void fill(TestDatabase database) {
		Listings listings = database.store().listings();
		List<Listing> kinds = List.copyOf(SampleListings.all().values());
		ListingLimits limits = new ListingLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(90));
		for (int from = 0; from < LISTINGS; from += AT_ONCE) {
			int first = from;
			database.transactions()
				.executeWithoutResult((status) -> IntStream.range(first, first + AT_ONCE)
					.forEach((i) -> listings.put(variant(kinds.get(i % kinds.size()), i), limits, String::equals)));
		}
	}

	private Listing variant(Listing kind, int number) {
		DiscoveredResource shown = kind.shown();
		String origin = "https://" + word() + number + ".example";
		String url = shown.resource().replaceFirst("https://[^/]+", origin);
		DiscoveredResource own = new DiscoveredResource(url, shown.type(), 2, List.of(), "",
				shown.description() + " " + word() + " " + word() + " " + word(), shown.mimeType(),
				word() + " " + shown.serviceName(), shown.tags(), shown.iconUrl(), shown.extensions());
		PaymentRequirements terms = new PaymentRequirements("session", "stellar:testnet",
				Integer.toString(1_000 + this.random.nextInt(1_000_000)), "CUSDC", "GSELLER" + number, 60, Map.of());
		return new Listing(new ListingKey(kind.key().type(), url, kind.key().name()), origin, own, terms);
	}

	/** One of some thousand words, of which a few are frequent. */
	private String word() {
		String[] syllables = SYLLABLES.split(" ");
		int number = (int) Math.pow(8_000, this.random.nextDouble());
		StringBuilder word = new StringBuilder();
		for (int rest = number; rest > 0; rest /= syllables.length) {
			word.append(syllables[rest % syllables.length]);
		}
		return word.append("x").toString().toLowerCase(Locale.ROOT);
	}

	private static void row(Dialect dialect, String title, List<String> questions, Function<String, Object> search) {
		List<Long> times = new ArrayList<>();
		long slowest = 0;
		String which = "";
		for (int round = 0; round <= ROUNDS; round++) {
			for (String question : questions) {
				long time = time(() -> search.apply(question));
				if (round > 0) {
					times.add(time);
					if (time > slowest) {
						slowest = time;
						which = question;
					}
				}
			}
		}
		times.sort(null);
		System.out.printf("| %s | %s | %.1f | %.1f | %.1f (%s) |%n", title, dialect, millis(times, 50),
				millis(times, 95), slowest / 1e6, which);
	}

	private static double millis(List<Long> times, int percent) {
		return times.get((times.size() - 1) * percent / 100) / 1e6;
	}

	private static long time(Supplier<Object> work) {
		long begin = System.nanoTime();
		work.get();
		return System.nanoTime() - begin;
	}

}

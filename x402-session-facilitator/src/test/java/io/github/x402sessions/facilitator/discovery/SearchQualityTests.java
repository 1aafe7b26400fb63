package io.github.x402sessions.facilitator.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How well people's questions are answered: by the usual measure of rankings, 1 being the
 * best there can be, and by how much of what answers is among the first ten. The
 * questions were written before anything was weighed.
 */
class SearchQualityTests {

	private static final double LEAST_GAIN = 0.85;

	private static final double LEAST_RECALL = 0.85;

	@ParameterizedTest
	@EnumSource
	void mostQuestionsAreAnsweredWithTheBestFirst(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			Listings listings = database.store().listings();
			Map<String, String> names = new HashMap<>();
			SampleListings.all().forEach((name, listing) -> {
				names.put(id(listing.shown().resource(), listing.key().name()), name);
				assertThat(listings.put(listing, new ListingLimits(1_000, 1_000, Duration.ofDays(90)), String::equals))
					.isEqualTo(ListingResult.LISTED);
			});
			assertThat(names).hasSize(100);
			CatalogueSearch search = new CatalogueSearch(listings, Clock.systemUTC());
			Map<String, Map<String, Integer>> questions = SampleListings.questions();
			assertThat(questions).hasSize(40);
			double gain = 0;
			double recall = 0;
			for (Map.Entry<String, Map<String, Integer>> question : questions.entrySet()) {
				List<String> found = search.search(question.getKey(), ListingFilter.ALL, 10, SearchCursor.BEGIN)
					.resources()
					.stream()
					.map((entry) -> names.get(id(entry.resource(),
							entry.declaration()
								.map((declared) -> (Map<?, ?>) declared.info().get("input"))
								.map((input) -> String.valueOf(
										(input.get("toolName") != null) ? input.get("toolName") : input.get("method")))
								.orElseThrow())))
					.toList();
				double own = gain(found, question.getValue());
				gain += own / questions.size();
				recall += (double) question.getValue().keySet().stream().filter(found::contains).count()
						/ question.getValue().size() / questions.size();
				if (own < 0.7) {
					System.out.printf("%s: %.2f for '%s': %s, not %s%n", dialect, own, question.getKey(), found,
							question.getValue());
				}
			}
			System.out.printf("%s: NDCG@10 %.3f, recall@10 %.3f%n", dialect, gain, recall);
			assertThat(gain).isGreaterThan(LEAST_GAIN);
			assertThat(recall).isGreaterThan(LEAST_RECALL);
		}
	}

	private static String id(String url, String name) {
		return url + " " + name;
	}

	private static double gain(List<String> found, Map<String, Integer> grades) {
		List<Integer> best = grades.values().stream().sorted((one, other) -> other - one).toList();
		return sum(found.stream().map((name) -> grades.getOrDefault(name, 0)).toList()) / sum(best);
	}

	private static double sum(List<Integer> grades) {
		double sum = 0;
		for (int i = 0; i < Math.min(10, grades.size()); i++) {
			sum += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2));
		}
		return sum;
	}

}

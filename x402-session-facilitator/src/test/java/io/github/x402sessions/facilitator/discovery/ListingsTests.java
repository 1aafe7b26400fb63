package io.github.x402sessions.facilitator.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.bazaar.SearchPage;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.discovery.listing.Declarations;
import io.github.x402sessions.facilitator.discovery.listing.ListingReader;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is listed in either database, and how it is found.
 */
abstract class ListingsTests {

	private static final String OTHER = "GOTHER";

	private static final BiPredicate<String, String> EACH = String::equals;

	private static final ListingLimits LIMITS = new ListingLimits(50, 5, Duration.ofDays(90));

	private static final ListingReader READER = new ListingReader(16 * 1024, false);

	private final AdvancingClock clock = AdvancingClock.running();

	private TestDatabase database;

	private Listings listings;

	private CatalogueSearch search;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.database = database();
		this.listings = this.database.store(this.clock).listings();
		this.search = new CatalogueSearch(this.listings, this.clock);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whatIsPaidIsFoundByItsWords() {
		put(Declarations.http());
		put(Declarations.tool());
		assertThat(found("weather forecast")).containsExactly("https://weather.example/v1/forecast");
		assertThat(found("Forecasts, please!")).containsExactly("https://weather.example/v1/forecast");
		assertThat(found("analyses of a stock")).containsExactly("https://tools.example/mcp");
		assertThat(found("ticker")).containsExactly("https://tools.example/mcp");
		assertThat(found("elephants")).isEmpty();
		for (String hostile : List.of("\"", "weather\" OR 1=1 --", "' & | ! :* <->", "NEAR(weather)", "name:weather",
				"*", "the", "a".repeat(400), "(((", "weather & !oslo", "\\")) {
			assertThat(found(hostile)).as(hostile).isNotNull();
		}
	}

	@Test
	void entryTellsAllThatACallerNeeds() {
		put(Declarations.http());
		put(Declarations.http().terms("scheme", "\"exact\""));
		DiscoveredResource entry = this.search.list(ListingFilter.ALL, 10, 0).items().get(0);
		assertThat(entry.type()).isEqualTo("http");
		assertThat(entry.x402Version()).isEqualTo(2);
		assertThat(entry.accepts()).extracting(PaymentRequirements::scheme)
			.containsExactlyInAnyOrder("session", "exact");
		assertThat(entry.accepts()).extracting(PaymentRequirements::payTo).containsOnly(Declarations.SELLER);
		assertThat(entry.lastUpdated()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		assertThat(entry.serviceName()).isEqualTo("Example Weather");
		assertThat(entry.declaration().orElseThrow().schema()).containsKey("properties");
	}

	@Test
	void sameIsListedOnceAndItsTextsAreTheLastOnes() {
		put(Declarations.http());
		put(Declarations.http().resource("url", "\"HTTPS://weather.example:443/v1/forecast?city=Rome\""));
		put(Declarations.http().resource("description", "\"Now about elephants\"").terms("amount", "\"7\""));
		assertThat(this.listings.count(ListingFilter.ALL)).isEqualTo(1);
		assertThat(found("elephants")).hasSize(1);
		DiscoveredResource entry = this.search.list(ListingFilter.ALL, 10, 0).items().get(0);
		assertThat(entry.accepts()).singleElement().extracting(PaymentRequirements::amount).isEqualTo("7");
	}

	@Test
	void methodsAndToolsAreListedEach() {
		put(Declarations.http());
		put(Declarations.http()
			.bazaar("/info/input/method", "\"HEAD\"")
			.bazaar("/schema/properties/input/properties/method", "{}"));
		put(Declarations.tool());
		put(Declarations.tool().bazaar("/info/input/toolName", "\"other\""));
		assertThat(this.listings.count(ListingFilter.ALL)).isEqualTo(4);
	}

	@Test
	void originIsItsFirstRecipients() {
		put(Declarations.http());
		Declarations elsewhere = Declarations.http()
			.resource("url", "\"https://weather.example/other\"")
			.terms("payTo", "\"" + OTHER + "\"");
		assertThat(put(elsewhere)).isEqualTo(ListingResult.TAKEN);
		assertThat(put(Declarations.http().terms("payTo", "\"" + OTHER + "\"").resource("description", "\"Evil\"")))
			.isEqualTo(ListingResult.TAKEN);
		assertThat(found("evil")).isEmpty();
		assertThat(this.search.list(ListingFilter.ALL, 10, 0).items()).singleElement()
			.satisfies((entry) -> assertThat(entry.accepts()).extracting(PaymentRequirements::payTo)
				.containsExactly(Declarations.SELLER));
		assertThat(this.listings.put(READER.read(elsewhere.payment()), LIMITS, (one, other) -> true))
			.isEqualTo(ListingResult.LISTED);
	}

	@Test
	void originThatNobodyPaysAtIsAnybodys() {
		put(Declarations.http());
		this.clock.advance(LIMITS.retention().plusDays(1));
		assertThat(put(Declarations.http().terms("payTo", "\"" + OTHER + "\""))).isEqualTo(ListingResult.LISTED);
		assertThat(this.search.list(ListingFilter.ALL, 10, 0).items()).singleElement()
			.satisfies((entry) -> assertThat(entry.accepts()).extracting(PaymentRequirements::payTo)
				.containsExactly(OTHER));
		assertThat(put(Declarations.http())).isEqualTo(ListingResult.TAKEN);
	}

	@Test
	void operatorGivesAnOriginUp() {
		put(Declarations.http());
		assertThat(this.listings.release("https://weather.example")).isTrue();
		assertThat(this.listings.count(ListingFilter.ALL)).isZero();
		assertThat(found("weather")).isEmpty();
		assertThat(put(Declarations.http().terms("payTo", "\"" + OTHER + "\""))).isEqualTo(ListingResult.LISTED);
		assertThat(this.listings.release("https://nobody.example")).isFalse();
	}

	@Test
	void whatIsHiddenStaysSoWhenItIsPaidAgain() {
		put(Declarations.http());
		assertThat(this.listings.hide("https://weather.example/v1/forecast", true)).isEqualTo(1);
		assertHidden();
		assertThat(put(Declarations.http().resource("description", "\"Weather again\"")))
			.isEqualTo(ListingResult.HIDDEN);
		assertHidden();
		assertThat(this.listings.hide("https://weather.example/v1/forecast", false)).isEqualTo(1);
		assertThat(found("weather again")).hasSize(1);
		assertThat(this.listings.hide("https://nobody.example", true)).isZero();
	}

	@Test
	void hiddenOriginHidesWhatIsNewThere() {
		put(Declarations.http());
		this.listings.hide("https://weather.example", true);
		assertThat(put(Declarations.http().resource("url", "\"https://weather.example/weather2\"")))
			.isEqualTo(ListingResult.HIDDEN);
		assertHidden();
		this.clock.advance(LIMITS.retention().plusDays(1));
		assertThat(put(Declarations.http().terms("payTo", "\"" + OTHER + "\""))).isEqualTo(ListingResult.TAKEN);
		this.listings.forget(LIMITS.retention());
		assertHidden();
		this.listings.hide("https://weather.example", false);
		assertThat(found("weather")).hasSize(2);
	}

	@Test
	void originThatIsHiddenBeforeAnythingIsPaidThereStaysSo() {
		assertThat(this.listings.hide("https://weather.example", true)).isZero();
		assertThat(put(Declarations.http())).isEqualTo(ListingResult.HIDDEN);
		assertHidden();
		assertThat(put(Declarations.http().terms("payTo", "\"" + OTHER + "\""))).isEqualTo(ListingResult.TAKEN);
		assertThat(this.listings.hide("https://weather.example", false)).isEqualTo(1);
		assertThat(found("weather")).hasSize(1);
	}

	@Test
	void originIsTheSameSellersWithAndWithoutTls() {
		put(Declarations.http());
		Declarations plain = Declarations.http().resource("url", "\"http://weather.example/v1/forecast\"");
		assertThat(put(plain)).isEqualTo(ListingResult.LISTED);
		assertThat(put(plain.terms("payTo", "\"" + OTHER + "\""))).isEqualTo(ListingResult.TAKEN);
		this.listings.release("http://weather.example");
		assertThat(put(plain)).isEqualTo(ListingResult.TAKEN);
		assertThat(put(Declarations.http()
			.resource("url", "\"http://weather.example:8080/v1/forecast\"")
			.terms("payTo", "\"" + OTHER + "\""))).isEqualTo(ListingResult.LISTED);
		this.listings.hide("https://weather.example", true);
		assertThat(put(Declarations.http().resource("url", "\"http://weather.example/v1/forecast\"")))
			.isEqualTo(ListingResult.HIDDEN);
	}

	private void assertHidden() {
		assertThat(found("weather")).isEmpty();
		assertThat(this.listings.count(ListingFilter.ALL)).isZero();
		assertThat(this.listings.list(ListingFilter.ALL, 10, 0)).isEmpty();
	}

	@Test
	void oneSellerListsOnlySoMuch() {
		for (int i = 0; i < 7; i++) {
			ListingResult result = put(Declarations.http().resource("url", "\"https://s" + i + ".example/\""));
			assertThat(result).isEqualTo((i < 5) ? ListingResult.LISTED : ListingResult.FULL);
		}
		assertThat(put(Declarations.http().resource("url", "\"https://s0.example/\""))).isEqualTo(ListingResult.LISTED);
	}

	@Test
	void whoeverHasMostGivesWayWhereAllIsFull() {
		ListingLimits five = new ListingLimits(5, 5, LIMITS.retention());
		for (int i = 0; i < 5; i++) {
			put(Declarations.http().resource("url", "\"https://s" + i + ".example/\""));
		}
		this.clock.advance(Duration.ofMinutes(1));
		put(Declarations.http().resource("url", "\"https://s0.example/\""));
		List<ListingResult> others = new ArrayList<>();
		for (int i = 5; i < 8; i++) {
			others.add(this.listings.put(READER.read(Declarations.http()
				.resource("url", "\"https://s" + i + ".example/\"")
				.terms("payTo", "\"" + OTHER + "\"")
				.payment()), five, EACH));
		}
		assertThat(others).containsExactly(ListingResult.LISTED, ListingResult.LISTED, ListingResult.FULL);
		assertThat(this.listings.list(ListingFilter.ALL, 10, 0)).extracting(DiscoveredResource::resource)
			.containsExactlyInAnyOrder("https://s0.example/", "https://s3.example/", "https://s4.example/",
					"https://s5.example/", "https://s6.example/");
		assertThat(found("weather")).hasSize(5);
	}

	@Test
	void whatIsNotPaidForLongSinksAndIsForgotten() {
		put(Declarations.http().resource("url", "\"https://old.example/\""));
		this.clock.advance(Duration.ofDays(60));
		put(Declarations.http().resource("url", "\"https://new.example/\"").terms("amount", "\"900000\""));
		assertThat(found("weather")).containsExactly("https://new.example/", "https://old.example/");
		assertThat(this.listings.forget(LIMITS.retention())).isZero();
		this.clock.advance(Duration.ofDays(31));
		assertThat(this.listings.forget(LIMITS.retention())).isEqualTo(1);
		assertThat(found("weather")).containsExactly("https://new.example/");
		assertThat(this.database.jdbc().sql("select count(*) from listing_terms").query(Integer.class).single())
			.isEqualTo(1);
	}

	@Test
	void cheaperOfTwoAlikeIsFirst() {
		put(Declarations.http().resource("url", "\"https://dear.example/\"").terms("amount", "\"900000\""));
		put(Declarations.http().resource("url", "\"https://cheap.example/\"").terms("amount", "\"90\""));
		assertThat(found("weather")).containsExactly("https://cheap.example/", "https://dear.example/");
	}

	@Test
	void filtersLeaveOutWhatHasNoSuchTerms() {
		put(Declarations.http());
		put(Declarations.tool().terms("payTo", "\"" + OTHER + "\"").terms("amount", "\"50\""));
		assertFiltered(new ListingFilter("mcp", null, null, null, null, null), "tools");
		assertFiltered(new ListingFilter("http", null, null, null, null, null), "weather");
		assertFiltered(new ListingFilter(null, OTHER, null, null, null, null), "tools");
		assertFiltered(new ListingFilter(null, Declarations.SELLER, "session", "stellar:testnet", "CUSDC", 100_000L),
				"weather");
		assertFiltered(new ListingFilter(null, null, null, null, null, 99_999L), "tools");
		assertFiltered(new ListingFilter(null, null, "exact", null, null, null));
		assertFiltered(new ListingFilter(null, OTHER, null, null, null, 49L));
		assertFiltered(new ListingFilter(null, null, null, "stellar:pubnet", null, null));
	}

	private void assertFiltered(ListingFilter filter, String... names) {
		List<DiscoveredResource> listed = this.listings.list(filter, 10, 0);
		assertThat(listed).extracting((entry) -> entry.resource().replaceAll("https://(.*)\\.example.*", "$1"))
			.containsExactly(names);
		assertThat(this.listings.count(filter)).isEqualTo(names.length);
		assertThat(this.search.search("weather stock", filter, 10, SearchCursor.BEGIN).resources()).isEqualTo(listed);
	}

	@Test
	void pagesFollowEachOther() {
		for (int i = 0; i < 5; i++) {
			put(Declarations.http().resource("url", "\"https://s" + i + ".example/\""));
		}
		List<DiscoveredResource> all = this.listings.list(ListingFilter.ALL, 10, 0);
		assertThat(this.listings.list(ListingFilter.ALL, 2, 2)).isEqualTo(all.subList(2, 4));
		SearchPage first = this.search.search("weather", ListingFilter.ALL, 3, SearchCursor.BEGIN);
		assertThat(first.resources()).hasSize(3);
		assertThat(first.partialResults()).isTrue();
		SearchPage second = this.search.search("weather", ListingFilter.ALL, 3,
				SearchCursor.of(String.valueOf(first.pagination().cursor())));
		assertThat(second.resources()).hasSize(2).doesNotContainAnyElementsOf(first.resources());
		assertThat(second.partialResults()).isFalse();
		assertThat(second.pagination().cursor()).isNull();
	}

	private ListingResult put(Declarations declared) {
		return this.listings.put(READER.read(declared.payment()), LIMITS, EACH);
	}

	private List<String> found(String question) {
		return this.search.search(question, ListingFilter.ALL, 10, SearchCursor.BEGIN)
			.resources()
			.stream()
			.map(DiscoveredResource::resource)
			.toList();
	}

}

package io.github.x402sessions.facilitator.http;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.bazaar.DiscoveryPage;
import io.github.x402sessions.core.bazaar.SearchPage;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.discovery.CatalogueSearch;
import io.github.x402sessions.facilitator.discovery.ListingFilter;
import io.github.x402sessions.facilitator.discovery.SearchCursor;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The calls by which anybody finds what is for sale. Only few are answered at a time, so
 * that whoever settles has the books to himself.
 */
final class DiscoveryEndpoints {

	private static final int AT_ONCE = 3;

	private static final long MILLIS_TO_WAIT = 500;

	private static final int USUAL = 20;

	private static final int MOST = 100;

	private static final int LONGEST_QUESTION = 400;

	private static final int LONGEST_FILTER = 128;

	private final CatalogueSearch search;

	private final Semaphore places = new Semaphore(AT_ONCE);

	/**
	 * Create the endpoints.
	 * @param search finds what is for sale
	 */
	DiscoveryEndpoints(CatalogueSearch search) {
		this.search = search;
	}

	ServerResponse list(ServerRequest request) {
		int limit = limit(request);
		int offset = number(request, "offset", 0);
		ListingFilter filter = filter(request);
		return answer(
				() -> isOfOthers(request) ? new DiscoveryPage(2, List.of(), new DiscoveryPage.Place(limit, offset, 0))
						: this.search.list(filter, limit, offset));
	}

	ServerResponse find(ServerRequest request) {
		String question = text(request, "query", LONGEST_QUESTION).filter((text) -> !text.isBlank())
			.orElseThrow(() -> new MalformedMessageException("'query' is missing"));
		int limit = limit(request);
		SearchCursor cursor = text(request, "cursor", LONGEST_FILTER).map(SearchCursor::of).orElse(SearchCursor.BEGIN);
		ListingFilter filter = filter(request);
		return answer(() -> isOfOthers(request) ? new SearchPage(2, List.of(), false, new SearchPage.Next(limit, null))
				: this.search.search(question, filter, limit, cursor));
	}

	private ServerResponse answer(Supplier<Object> page) {
		try {
			if (!this.places.tryAcquire(MILLIS_TO_WAIT, TimeUnit.MILLISECONDS)) {
				return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "too many searches at once");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "the facilitator is ending");
		}
		try {
			return JsonResponses.of(HttpStatus.OK, page.get());
		}
		finally {
			this.places.release();
		}
	}

	/** Of all extensions, listings show this one only. */
	private static boolean isOfOthers(ServerRequest request) {
		return text(request, "extensions", LONGEST_FILTER).filter((name) -> !name.equals(BazaarDeclaration.EXTENSION))
			.isPresent();
	}

	private static ListingFilter filter(ServerRequest request) {
		return new ListingFilter(filter(request, "type"), filter(request, "payTo"), filter(request, "scheme"),
				filter(request, "network"), filter(request, "asset"), maxAmount(request));
	}

	private static @Nullable String filter(ServerRequest request, String name) {
		return text(request, name, LONGEST_FILTER).orElse(null);
	}

	private static @Nullable Long maxAmount(ServerRequest request) {
		return text(request, "maxAmount", LONGEST_FILTER)
			.map((text) -> BaseUnits.read(text)
				.orElseThrow(() -> new MalformedMessageException("'maxAmount' is not a number of base units")))
			.map((units) -> units.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue())
			.orElse(null);
	}

	/** What is asked for is advice: more than is given at once is not refused. */
	private static int limit(ServerRequest request) {
		return Math.max(1, Math.min(number(request, "limit", USUAL), MOST));
	}

	private static int number(ServerRequest request, String name, int absent) {
		try {
			int number = text(request, name, LONGEST_FILTER).map(Integer::parseInt).orElse(absent);
			if (number >= 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// falls through to the same message
		}
		throw new MalformedMessageException("'" + name + "' is not a number from 0 on");
	}

	private static Optional<String> text(ServerRequest request, String name, int longest) {
		Optional<String> text = request.param(name).filter((given) -> !given.isEmpty());
		if (text.isPresent() && (text.get().length() > longest || text.get().indexOf('\0') >= 0)) {
			throw new MalformedMessageException("'" + name + "' is too long, or no text");
		}
		return text;
	}

}

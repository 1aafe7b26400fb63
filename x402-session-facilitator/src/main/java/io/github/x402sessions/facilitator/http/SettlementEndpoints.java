package io.github.x402sessions.facilitator.http;

import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.settlement.recipient.RecipientBooks;
import io.github.x402sessions.facilitator.settlement.recipient.RecordedChange;
import io.github.x402sessions.facilitator.settlement.recipient.SettlementPage;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The calls that tell what became of settlements: of one commitment anybody who knows its
 * name, of all of a recipient whoever has the recipient's key.
 */
final class SettlementEndpoints {

	private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

	private static final MediaType JSON_LINES = MediaType.parseMediaType("application/jsonl");

	private static final int USUAL = 100;

	/** Stands for the place after all that has changed. */
	private static final String LATEST = "latest";

	private final CommitmentRepository commitments;

	private final RecipientBooks books;

	private final RequestGuard guard;

	private final String network;

	/**
	 * Create the endpoints.
	 * @param commitments the commitments
	 * @param books the settlements of recipients
	 * @param guard knows whose key it is
	 * @param network the network that is served, as a CAIP-2 id
	 */
	SettlementEndpoints(CommitmentRepository commitments, RecipientBooks books, RequestGuard guard, String network) {
		this.commitments = commitments;
		this.books = books;
		this.guard = guard;
		this.network = network;
	}

	ServerResponse show(ServerRequest request) {
		String id = request.pathVariable("commitment");
		return Optional.of(id)
			.filter(SettleResponse::isCommitment)
			.flatMap(this.commitments::find)
			.map((state) -> JsonResponses.of(HttpStatus.OK, CommitmentDescription.of(state)))
			.orElseGet(() -> JsonResponses.error(HttpStatus.NOT_FOUND, "commitment_not_found"));
	}

	ServerResponse list(ServerRequest request) {
		String recipient = request.param("recipient")
			.orElseThrow(() -> new MalformedMessageException("'recipient' is missing"));
		this.guard.requireOwner(request, recipient);
		if (request.param("since").filter(LATEST::equals).isPresent()) {
			return answer(request, SettlementPage.of(List.of(), this.network, this.books.numberAll(recipient)));
		}
		long since = number(request, "since", 0, Long.MAX_VALUE);
		int limit = (int) Math.min(number(request, "limit", USUAL, Integer.MAX_VALUE), RecipientBooks.MOST);
		requireKnown(recipient, since);
		return answer(request,
				SettlementPage.of(changes(request, recipient, since, Math.max(limit, 1)), this.network, since));
	}

	private List<RecordedChange> changes(ServerRequest request, String recipient, long since, int limit) {
		boolean open = request.param("open").filter("true"::equals).isPresent();
		return open ? this.books.open(recipient, since, limit) : this.books.changes(recipient, since, limit);
	}

	/** Who waited for more after a number that is not given yet would miss some. */
	private void requireKnown(String recipient, long since) {
		if (since > 0 && since > this.books.lastTold(recipient)) {
			throw new MalformedMessageException(
					"'since' is later than all that is known here: these books were restored; begin again with 0");
		}
	}

	private static long number(ServerRequest request, String name, long absent, long most) {
		String value = request.param(name).filter((given) -> !given.isBlank()).orElse(null);
		try {
			long number = (value != null) ? Long.parseLong(value) : absent;
			if (number >= 0 && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// falls through to the same message
		}
		throw new MalformedMessageException("'" + name + "' is not a number that is known here");
	}

	/** What is no JSON names the next page in a header. */
	private static ServerResponse answer(ServerRequest request, SettlementPage page) {
		for (MediaType wanted : request.headers().accept()) {
			if (wanted.equalsTypeAndSubtype(CSV)) {
				return answer(request, page, CSV, page.csv());
			}
			if (wanted.equalsTypeAndSubtype(JSON_LINES)) {
				return answer(request, page, JSON_LINES, page.jsonLines());
			}
		}
		return JsonResponses.of(HttpStatus.OK, page);
	}

	private static ServerResponse answer(ServerRequest request, SettlementPage page, MediaType type, byte[] body) {
		String next = UriComponentsBuilder.fromUri(request.uri())
			.replaceQueryParam("since", page.next())
			.build(true)
			.toUriString();
		return ServerResponse.ok()
			.contentType(type)
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"")
			.body(body);
	}

}

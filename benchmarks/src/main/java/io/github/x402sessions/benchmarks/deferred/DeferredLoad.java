package io.github.x402sessions.benchmarks.deferred;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.benchmarks.load.Connection;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.WireJson;
import org.HdrHistogram.Histogram;

/**
 * Pays for calls that are committed at once and settled later, prints how fast that is
 * and compares the facilitator's books with what its callers were told.
 */
public final class DeferredLoad {

	private static final int CONNECTIONS = 32;

	/** What is signed before a round: more than is expected to be taken. */
	private static final int MOST_A_SECOND = 4_000;

	private static final int AT_COMMIT_CALLS = 5;

	private static final int REDEEMED_PAYERS = 100;

	/** More than are remembered. */
	private static final int SIGNED = 40_000;

	private static final int LONGEST_HEADER = 64 * 1024;

	private final Place place;

	private final String title;

	private final Told told = new Told();

	private DeferredLoad(Place place, String title) {
		this.place = place;
		this.title = title;
	}

	/**
	 * Run one part and print its rows.
	 * @param args the URLs of the ledger, the facilitator and the shop, the recipient and
	 * its key, and how the database is called; then {@code calls} with the seconds to
	 * measure and to warm up before, {@code redemption} with the calls of each payer, or
	 * {@code verify} with the file that gets what {@code /verify} is to be sent
	 * @throws Exception if anything fails, also when the books do not agree
	 */
	public static void main(String[] args) throws Exception {
		Place place = new Place(URI.create(args[0]), URI.create(args[1]), URI.create(args[2]), args[3], args[4]);
		DeferredLoad load = new DeferredLoad(place, args[5]);
		switch (args[6]) {
			case "calls" -> load.calls(Integer.parseInt(args[7]), Integer.parseInt(args[8]));
			case "redemption" -> load.redemption(Integer.parseInt(args[7]));
			default -> Files.write(Path.of(args[7]), load.verifications());
		}
		System.exit(0);
	}

	/**
	 * Sign for different calls, so that no signature is remembered from the call before.
	 */
	private List<String> verifications() throws Exception {
		return LoadSession.open(this.place, 1)
			.get(0)
			.payments(SIGNED)
			.stream()
			.map((payment) -> PaymentHeader.decode(payment, PaymentPayload.class, LONGEST_HEADER))
			.map((payload) -> new String(WireJson.write(new FacilitatorRequest(2, payload, payload.accepted())),
					StandardCharsets.UTF_8))
			.toList();
	}

	private void calls(int seconds, int warmup) throws Exception {
		List<LoadSession> payers = LoadSession.open(this.place, CONNECTIONS);
		HttpClient client = payers.get(0).session().httpClient();
		many(payers.stream().map((payer) -> Stream.generate(payer::payment).iterator()).toList(), warmup);
		one(client, "/deferred", nanos(seconds), Integer.MAX_VALUE);
		row("deferred, 1 connection", one(client, "/deferred", nanos(seconds), Integer.MAX_VALUE));
		row("at commit, 1 connection", one(client, "/at-commit", nanos(1_000), AT_COMMIT_CALLS));
		System.out.printf("| deferred, %d connections | %s | %.0f a second |%n", CONNECTIONS, this.title,
				many(signed(payers, seconds), seconds));
		check(new SellerBooks(this.place).refresh());
	}

	/** Call as an agent does, one call after the other; return their times. */
	private Histogram one(HttpClient client, String path, long nanos, int most) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(this.place.shop().resolve(path)).build();
		Histogram times = new Histogram(3);
		long begin = System.nanoTime();
		for (long now = begin; now - begin < nanos && times.getTotalCount() < most; now = System.nanoTime()) {
			HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
			times.recordValue(System.nanoTime() - now);
			this.told.add(answer.statusCode(), answer.headers().firstValue(PaymentHeader.RESPONSE).orElse(""));
		}
		return times;
	}

	/** Call on all connections; return the calls a second. */
	private double many(List<Iterator<String>> payments, int seconds) throws Exception {
		long begin = System.nanoTime();
		long calls = Crowd.of(CONNECTIONS, (number) -> pay(payments.get(number), begin + nanos(seconds)))
			.stream()
			.mapToLong(Integer::longValue)
			.sum();
		return calls * 1e9 / (System.nanoTime() - begin);
	}

	/** Sign before the round, as if payers had machines of their own. */
	private static List<Iterator<String>> signed(List<LoadSession> payers, int seconds) throws Exception {
		return Crowd.of(CONNECTIONS,
				(number) -> payers.get(number).payments(MOST_A_SECOND / CONNECTIONS * seconds).iterator());
	}

	private int pay(Iterator<String> payments, long end) throws Exception {
		int calls = 0;
		while (System.nanoTime() < end && payments.hasNext()) {
			calls += pay(payments, end, Connection.to(this.place.shop().resolve("/deferred")));
		}
		return calls;
	}

	/** Call until the end, or an answer after which a server hangs up. */
	private int pay(Iterator<String> payments, long end, Connection connection) throws Exception {
		int calls = 0;
		try (connection) {
			for (int status = 200; status < 500 && System.nanoTime() < end && payments.hasNext(); calls++) {
				Connection.Answer answer = connection.exchange(payments.next());
				status = answer.status();
				this.told.add(status, answer.receipt());
			}
		}
		return calls;
	}

	/**
	 * Call for all payers and wait until no commitment is open.
	 */
	private void redemption(int calls) throws Exception {
		List<LoadSession> payers = LoadSession.open(this.place, REDEEMED_PAYERS);
		long begin = System.nanoTime();
		Crowd.of(CONNECTIONS, (number) -> pay(turns(payers, calls, number), begin + nanos(1_000)));
		long ended = System.nanoTime();
		long last = this.place.latestLedger();
		SellerBooks books = new SellerBooks(this.place).refresh();
		while (books.open().findAny().isPresent() && System.nanoTime() - ended < TimeUnit.MINUTES.toNanos(2)) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
			books.refresh();
		}
		System.out.printf(
				"| redeemed: %d payers, %d calls each | %s | in %d s; all on the chain %d ledgers after the last call, in %d transactions; %d left |%n",
				REDEEMED_PAYERS, calls, this.title, TimeUnit.NANOSECONDS.toSeconds(ended - begin),
				books.lastLedger() - last, books.transactions(), books.open().count());
		check(books);
	}

	/**
	 * Sign for the payers of a connection one after the other, each time only when it is
	 * sent.
	 */
	private static Iterator<String> turns(List<LoadSession> payers, int calls, int connection) {
		List<LoadSession> own = IntStream.range(0, payers.size())
			.filter((payer) -> payer % CONNECTIONS == connection)
			.mapToObj(payers::get)
			.toList();
		return IntStream.range(0, calls * own.size()).mapToObj((call) -> own.get(call / calls).payment()).iterator();
	}

	private static long nanos(int seconds) {
		return TimeUnit.SECONDS.toNanos(seconds);
	}

	private void row(String what, Histogram times) {
		System.out.printf("| %s | %s | p50 %.2f ms, p99 %.2f ms, of %d |%n", what, this.title,
				times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6, times.getTotalCount());
	}

	private void check(SellerBooks books) {
		BigInteger written = books.owedAndPaid();
		BigInteger heard = BigInteger.valueOf(this.told.sum().sum());
		System.out.printf("| books less what callers were told | %s | %s units; %s |%n", this.title,
				written.subtract(heard), this.told);
		if (!written.equals(heard)) {
			throw new IllegalStateException("the books do not agree");
		}
	}

}

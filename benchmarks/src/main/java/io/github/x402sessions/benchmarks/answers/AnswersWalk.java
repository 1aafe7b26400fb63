package io.github.x402sessions.benchmarks.answers;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.stellar.account.AccountKey;
import org.jspecify.annotations.Nullable;

/**
 * Three instances of a shop behind a balancer, which are killed and stopped at random
 * while clients ask for each thing several times under one payment identifier: each
 * identifier is to be charged once and answered by the same bytes, or refused.
 */
public final class AnswersWalk {

	private static final int BALANCER = 4820;

	private static final List<Integer> PORTS = List.of(4821, 4822, 4823);

	private static final int PAYERS = 16;

	private static final int CLIENTS = 64;

	/** How often each thing is asked for until it is answered, and how near in time. */
	private static final int REPEATS = 3;

	private static final int SPREAD = 300;

	private static final int MOST_ATTEMPTS = 400;

	private static final int LONGEST_HEADER = 64 * 1024;

	private static final int SPENT_BEFORE = 409;

	private final Random random = new Random(1);

	private final URI network;

	private final URI facilitator;

	private final String recipient;

	private final URI url = URI.create("http://localhost:" + BALANCER + "/goods");

	private final Purchases purchases = new Purchases();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(30))
		.build();

	private volatile boolean walking = true;

	private int kills;

	private int stops;

	private AnswersWalk(URI network, URI facilitator, String recipient) {
		this.network = network;
		this.facilitator = facilitator;
		this.recipient = recipient;
	}

	/**
	 * Walk, and print what came of it.
	 * @param args the URLs of the ledger and the facilitator, the recipient and its key,
	 * how many identifiers there are, the milliseconds that an instance stands still for,
	 * the directory for logs, and the command that starts an instance
	 * @throws Exception if anything fails, also when an identifier has bought two answers
	 */
	public static void main(String[] args) throws Exception {
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
		AnswersWalk walk = new AnswersWalk(URI.create(args[0]), URI.create(args[1]), args[2]);
		int identifiers = Integer.parseInt(args[4]);
		List<String> command = List.of(args).subList(7, args.length);
		List<ShopInstance> instances = PORTS.stream()
			.map((port) -> new ShopInstance(port, command, Path.of(args[6]).resolve("shop-" + port + ".log")))
			.toList();
		RoundRobin balancer = new RoundRobin(BALANCER, PORTS);
		boolean good;
		try {
			for (ShopInstance instance : instances) {
				instance.begin();
			}
			instances.forEach(ShopInstance::await);
			good = walk.run(args[3], identifiers, instances, Long.parseLong(args[5]));
		}
		finally {
			balancer.close();
			for (ShopInstance instance : instances) {
				instance.kill();
			}
		}
		System.exit(good ? 0 : 1);
	}

	private boolean run(String key, int identifiers, List<ShopInstance> instances, long stop) throws Exception {
		List<String> payments = payments(identifiers);
		ExecutorService disorder = Executors.newSingleThreadExecutor();
		Future<?> end = disorder.submit(() -> disturb(instances, stop));
		long begin = System.nanoTime();
		ask(order(identifiers), payments, MOST_ATTEMPTS);
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
		this.walking = false;
		end.get();
		disorder.shutdown();
		ask(IntStream.range(0, identifiers).boxed().toList(), payments, MOST_ATTEMPTS);
		Books books = books(key);
		System.out.printf("| calls, %d identifiers, %d s | %d |%n", identifiers, seconds, this.purchases.calls());
		System.out.printf("| of these | %s |%n", this.purchases);
		System.out.printf("| instances killed, stopped for %d ms | %d, %d |%n", stop, this.kills, this.stops);
		System.out.printf("| identifiers that were answered | %d |%n", this.purchases.answered());
		System.out.printf("| identifiers with two answers | %d |%n", this.purchases.different());
		System.out.printf("| settlements in the books, each of one identifier | %d |%n", books.count());
		return this.purchases.different() == 0 && books.count() >= this.purchases.answered()
				&& books.count() <= identifiers && books.isOfOnePrice();
	}

	/** Each identifier several times, and not far apart. */
	private List<Integer> order(int identifiers) {
		record Turn(int identifier, int at) {
		}
		return IntStream.range(0, identifiers * REPEATS)
			.mapToObj((number) -> new Turn(number / REPEATS, number + this.random.nextInt(SPREAD)))
			.sorted(Comparator.comparingInt(Turn::at))
			.map(Turn::identifier)
			.toList();
	}

	private void ask(List<Integer> order, List<String> payments, int attempts) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Callable<@Nullable Void>> calls = new ArrayList<>();
			for (int identifier : order) {
				calls.add(() -> {
					buy(identifier, payments.get(identifier), attempts);
					return null;
				});
			}
			for (Future<@Nullable Void> call : clients.invokeAll(calls)) {
				call.get();
			}
		}
		finally {
			clients.shutdownNow();
		}
	}

	/** As clients do that have an identifier: until there is an answer. */
	private void buy(int identifier, String payment, int attempts) throws InterruptedException {
		for (int i = 0; i < attempts; i++) {
			if (call(identifier, payment)) {
				return;
			}
			TimeUnit.MILLISECONDS.sleep(250);
		}
		this.purchases.add("given up");
	}

	/** Return whether it is of no use to ask again. */
	private boolean call(int identifier, String payment) throws InterruptedException {
		HttpResponse<String> answer;
		try {
			answer = this.http.send(HttpRequest.newBuilder(this.url)
				.header(PaymentHeader.SIGNATURE, payment)
				.header("Connection", "close")
				.timeout(Duration.ofMinutes(1))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			this.purchases.add("no answer");
			return false;
		}
		if (answer.statusCode() == 200) {
			this.purchases.add("200");
			this.purchases.answered(identifier,
					answer.headers().firstValue(PaymentHeader.RESPONSE).orElse("") + answer.body());
			return true;
		}
		String type = answer.body().replaceAll("(?s).*problem:([a-z-]*).*", "$1");
		this.purchases.add(answer.statusCode() + " " + type);
		return answer.statusCode() == SPENT_BEFORE && type.endsWith("spent");
	}

	/** Kill or stop one after the other, while the others go on. */
	private @Nullable Void disturb(List<ShopInstance> instances, long stop) throws Exception {
		while (this.walking) {
			TimeUnit.MILLISECONDS.sleep(1_000 + this.random.nextInt(3_000));
			ShopInstance instance = instances.get(this.random.nextInt(instances.size()));
			if (this.random.nextInt(4) == 0) {
				instance.stop(stop);
				this.stops++;
			}
			else {
				instance.kill();
				instance.begin();
				instance.await();
				this.kills++;
			}
		}
		return null;
	}

	private List<String> payments(int identifiers) throws Exception {
		PaymentRequirements terms = terms();
		ExecutorService threads = Executors.newFixedThreadPool(PAYERS);
		List<Session> sessions = new ArrayList<>();
		for (Future<Session> session : threads
			.invokeAll(Stream.generate(() -> (Callable<Session>) this::open).limit(PAYERS).toList())) {
			sessions.add(session.get());
		}
		threads.shutdown();
		return IntStream.range(0, identifiers)
			.mapToObj(
					(number) -> PaymentPayload.of(null, terms, Map.of("sessionId", sessions.get(number % PAYERS).id())))
			.map((payment) -> PaymentHeader.encode(PaymentIdentifier.random().in(payment)))
			.toList();
	}

	private PaymentRequirements terms() throws IOException, InterruptedException {
		String challenge = this.http
			.send(HttpRequest.newBuilder(this.url).build(), HttpResponse.BodyHandlers.discarding())
			.headers()
			.firstValue(PaymentHeader.REQUIRED)
			.orElseThrow();
		return PaymentHeader.decode(challenge, PaymentRequired.class, LONGEST_HEADER).accepts().get(0);
	}

	private Session open() throws IOException, InterruptedException {
		String secret = AccountKey.randomSecret();
		get(this.network.resolve("/friendbot?addr=" + AccountKey.of(secret).address()), "");
		get(this.network.resolve("/faucet?addr=" + AccountKey.of(secret).address() + "&amount=10"), "");
		return SessionClient.builder()
			.signer(SessionSigner.ofSecret(secret))
			.facilitator(this.facilitator)
			.rpc(this.network.resolve("/rpc"))
			.recipient(this.recipient)
			.cap("10")
			.expiresIn(Duration.ofHours(4))
			.sessionKeys(SessionKeys.NONE)
			.open();
	}

	private Books books(String key) throws IOException, InterruptedException {
		Books books = new Books(new ArrayList<>(), "");
		while (true) {
			Books page = WireJson.read(get(this.facilitator.resolve("/settlements?limit=1000&recipient="
					+ this.recipient + (books.settlements().isEmpty() ? "" : "&since=" + books.next())), key),
					Books.class);
			if (page.settlements().isEmpty()) {
				return books;
			}
			List<Entry> all = new ArrayList<>(books.settlements());
			all.addAll(page.settlements());
			books = new Books(all, page.next());
		}
	}

	private byte[] get(URI url, String key) throws IOException, InterruptedException {
		HttpResponse<byte[]> answer = this.http.send(
				HttpRequest.newBuilder(url).header("Authorization", "Bearer " + key).build(),
				HttpResponse.BodyHandlers.ofByteArray());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(url + " answers " + answer.statusCode());
		}
		return answer.body();
	}

	/**
	 * The recipient's books.
	 *
	 * @param settlements in the order in which they changed last
	 * @param next where to read on
	 */
	record Books(List<Entry> settlements, String next) {

		/** Return how many were paid. */
		long count() {
			return paid().map(Entry::id).distinct().count();
		}

		boolean isOfOnePrice() {
			return paid().map(Entry::amount).map(BigInteger::new).distinct().count() == 1;
		}

		private Stream<Entry> paid() {
			return this.settlements.stream().filter((entry) -> entry.status().equals("confirmed"));
		}

	}

	/**
	 * A settlement.
	 *
	 * @param id its name
	 * @param status how far it is
	 * @param amount base units
	 */
	record Entry(String id, String status, String amount) {
	}

}

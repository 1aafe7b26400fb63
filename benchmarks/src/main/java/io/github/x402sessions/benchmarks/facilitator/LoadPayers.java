package io.github.x402sessions.benchmarks.facilitator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.x402sessions.stellar.account.AccountKey;

/**
 * Opens sessions of many payers, and prints for each what a resource server would send
 * for a call of it.
 */
public final class LoadPayers {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** Each waits for a ledger or two. */
	private static final int AT_ONCE = 32;

	private LoadPayers() {
	}

	/**
	 * Print a line of JSON for each payer.
	 * @param args the URLs of the network and the facilitator, the recipient, how many
	 * payers, and {@code deferred} where their calls may be settled later
	 * @throws Exception if a session cannot be opened
	 */
	public static void main(String[] args) throws Exception {
		URI network = URI.create(args[0]);
		boolean deferred = args.length > 4 && args[4].equals("deferred");
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		List<Future<String>> calls = new ArrayList<>();
		for (int payer = 0; payer < Integer.parseInt(args[3]); payer++) {
			calls.add(threads.submit(() -> open(network, URI.create(args[1]), args[2], deferred)));
		}
		for (Future<String> call : calls) {
			System.out.println(call.get());
		}
		threads.shutdown();
		System.exit(0);
	}

	private static String open(URI network, URI facilitator, String recipient, boolean deferred) throws Exception {
		String secret = AccountKey.randomSecret();
		String address = AccountKey.of(secret).address();
		get(network.resolve("/friendbot?addr=" + address));
		get(network.resolve("/faucet?addr=" + address + "&amount=1000"));
		return LoadPayer.call(secret, facilitator, recipient, deferred);
	}

	private static void get(URI url) throws IOException, InterruptedException {
		int status = HTTP.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
		if (status != 200) {
			throw new IOException(url.getPath() + " answers " + status);
		}
	}

}

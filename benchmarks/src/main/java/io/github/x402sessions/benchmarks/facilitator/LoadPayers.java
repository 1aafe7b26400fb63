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

	/** A facilitator makes so many quotes at a time. */
	private static final int AT_ONCE = 6;

	private LoadPayers() {
	}

	/**
	 * Print a line of JSON for each payer.
	 * @param args the URLs of the network and the facilitator, the recipient, and how
	 * many payers
	 * @throws Exception if a session cannot be opened
	 */
	public static void main(String[] args) throws Exception {
		URI network = URI.create(args[0]);
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		List<Future<String>> calls = new ArrayList<>();
		for (int payer = 0; payer < Integer.parseInt(args[3]); payer++) {
			calls.add(threads.submit(() -> open(network, URI.create(args[1]), args[2])));
		}
		threads.shutdown();
		try {
			for (Future<String> call : calls) {
				System.out.println(call.get());
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static String open(URI network, URI facilitator, String recipient) throws Exception {
		String secret = AccountKey.randomSecret();
		String address = AccountKey.of(secret).address();
		get(network.resolve("/friendbot?addr=" + address));
		get(network.resolve("/faucet?addr=" + address + "&amount=1000"));
		return LoadPayer.call(secret, facilitator, recipient);
	}

	private static void get(URI url) throws IOException, InterruptedException {
		int status = HTTP.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
		if (status != 200) {
			throw new IOException(url.getPath() + " answers " + status);
		}
	}

}

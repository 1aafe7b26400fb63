package io.github.x402sessions.benchmarks.deferred;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.protocol.WireJson;

/**
 * The processes of a run, all on loopback. Thread-safe.
 *
 * @param network the local ledger
 * @param facilitator the facilitator
 * @param shop the resource server, whose {@code /deferred} and {@code /at-commit} cost
 * the same
 * @param recipient who is paid
 * @param key what the facilitator knows the recipient by
 */
record Place(URI network, URI facilitator, URI shop, String recipient, String key) {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** Open an account with lumens and USDC. */
	void fund(String address, int usdc) {
		get(this.network.resolve("/friendbot?addr=" + address));
		get(this.network.resolve("/faucet?addr=" + address + "&amount=" + usdc));
	}

	/** Return the height of the ledger. */
	long latestLedger() {
		return WireJson.read(get(this.network.resolve("/devnet")), Height.class).latestLedger();
	}

	/** Return the next page of the recipient's books. */
	byte[] books(String since) {
		return get(this.facilitator.resolve("/settlements?limit=1000&recipient=" + this.recipient + since));
	}

	private byte[] get(URI url) {
		try {
			HttpResponse<byte[]> answer = HTTP.send(
					HttpRequest.newBuilder(url).header("Authorization", "Bearer " + this.key).build(),
					HttpResponse.BodyHandlers.ofByteArray());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(url + " answers " + new String(answer.body(), StandardCharsets.UTF_8));
			}
			return answer.body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(url + " does not answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private record Height(long latestLedger) {
	}

}

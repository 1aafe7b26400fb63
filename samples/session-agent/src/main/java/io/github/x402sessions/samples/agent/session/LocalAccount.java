package io.github.x402sessions.samples.agent.session;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.stellar.account.AccountKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes accounts with test money on a network of this machine.
 *
 * @param rpc the network's RPC URL
 */
record LocalAccount(URI rpc) {

	/** What an account gets at least, so that one can play on with it. */
	private static final BigDecimal ALLOWANCE = new BigDecimal(100);

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	/** Money is made of nothing on local networks only; elsewhere a key is needed. */
	static LocalAccount on(URI rpc) {
		if (!Loopback.is(rpc)) {
			throw new WrongOptionException("--secret",
					"is needed: only a network on this machine funds a new account, and " + rpc + " is not on it");
		}
		LocalAccount account = new LocalAccount(rpc);
		if (!account.hasFriendbot()) {
			throw new WrongOptionException("--secret", "is needed: " + rpc + " funds no new accounts");
		}
		return account;
	}

	/** Make one and return its key. */
	String create(BigInteger cap, Asset asset) {
		String secret = AccountKey.randomSecret();
		String account = AccountKey.of(secret).address();
		BigDecimal amount = new BigDecimal(cap, asset.decimals()).setScale(0, RoundingMode.CEILING).max(ALLOWANCE);
		get("/friendbot?addr=" + account);
		get("/faucet?addr=" + account + "&amount=" + amount.toPlainString());
		return secret;
	}

	private boolean hasFriendbot() {
		String question = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getNetwork\"}";
		String answer = send(HttpRequest.newBuilder(this.rpc)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(question)));
		try {
			return new JsonMapper().readTree(answer).path("result").has("friendbotUrl");
		}
		catch (JacksonException ex) {
			throw new CannotStartException(this.rpc + " is no RPC server", ex);
		}
	}

	private void get(String path) {
		send(HttpRequest.newBuilder(this.rpc.resolve(path)).GET());
	}

	private String send(HttpRequest.Builder request) {
		HttpRequest sent = request.timeout(Duration.ofSeconds(60)).build();
		try {
			HttpResponse<String> answer = HTTP.send(sent, BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new CannotStartException(sent.uri() + " answers " + answer.statusCode(), null);
			}
			return answer.body();
		}
		catch (IOException ex) {
			throw new CannotStartException(sent.uri() + " gives no answer: " + ex.getClass().getSimpleName(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CannotStartException("interrupted", ex);
		}
	}

}

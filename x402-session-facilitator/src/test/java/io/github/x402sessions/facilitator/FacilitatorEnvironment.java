package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import org.stellar.sdk.KeyPair;

/**
 * A place to pay in: a fast local network, a merchant on the facilitator's list, and the
 * facilitator itself on a database file that outlives it.
 */
final class FacilitatorEnvironment implements AutoCloseable {

	static final long LIFETIME = 1_000;

	final StellarDevnet devnet;

	final KeyPair spender;

	final KeyPair merchant;

	final KeyPair otherMerchant;

	final Path database;

	private FacilitatorServer server;

	FacilitatorClient client;

	private FacilitatorEnvironment(StellarDevnet devnet, Supplier<KeyPair> keys) {
		this.devnet = devnet;
		this.spender = keys.get();
		this.merchant = keys.get();
		this.otherMerchant = keys.get();
		if (!devnet.hasAccount(this.spender.getAccountId())) {
			devnet.fund(this.spender.getAccountId());
			for (KeyPair seller : new KeyPair[] { this.merchant, this.otherMerchant }) {
				devnet.fund(seller.getAccountId());
				devnet.faucet(seller.getAccountId(), BigDecimal.ZERO);
			}
		}
		try {
			this.database = Files.createTempDirectory("facilitator").resolve("books.db");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Just the network and the people. */
	static FacilitatorEnvironment withoutFacilitator() {
		return withoutFacilitator(Duration.ofMillis(100));
	}

	static FacilitatorEnvironment withoutFacilitator(Duration interval) {
		return new FacilitatorEnvironment(StellarDevnet.builder().port(0).ledgerInterval(interval).start(),
				KeyPair::random);
	}

	/**
	 * The network of a file, which is made if it is not there. The people are always the
	 * same, as keys are not in the file.
	 */
	static FacilitatorEnvironment of(Path ledger) {
		AtomicInteger number = new AtomicInteger();
		return new FacilitatorEnvironment(
				StellarDevnet.builder().port(0).stateFile(ledger).ledgerInterval(Duration.ofMillis(100)).start(),
				() -> KeyPair
					.fromSecretSeed(HexFormat.of().parseHex(Sha256.hex("recorded " + number.incrementAndGet()))));
	}

	static FacilitatorEnvironment open() {
		return open(Map.of());
	}

	static FacilitatorEnvironment open(Map<String, String> properties) {
		FacilitatorEnvironment environment = withoutFacilitator();
		environment.start(properties);
		return environment;
	}

	void start(Map<String, String> properties) {
		if (Files.notExists(this.database)) {
			fill();
		}
		this.server = FacilitatorServer.start(properties(properties));
		this.client = new FacilitatorClient(this.server.url());
	}

	/** As a migration would, and sooner. */
	private void fill() {
		try {
			TestDatabase.fill(this.database);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	FacilitatorServer server() {
		return this.server;
	}

	Map<String, String> properties(Map<String, String> more) {
		Map<String, String> properties = new HashMap<>();
		properties.put("server.port", "0");
		properties.put("facilitator.secret", new String(this.spender.getSecretSeed()));
		properties.put("facilitator.rpc-url", this.devnet.rpcUri().toString());
		properties.put("facilitator.recipients",
				this.merchant.getAccountId() + "," + this.otherMerchant.getAccountId());
		properties.put("facilitator.database-url", "jdbc:sqlite:" + this.database);
		properties.put("facilitator.poll-interval", "20ms");
		properties.put("facilitator.min-per-call", "0.0000001");
		properties.putAll(more);
		return properties;
	}

	/** A payer with 100 USDC. */
	Payer payer() {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());
		this.devnet.faucet(key.getAccountId(), new BigDecimal("100"));
		return new Payer(this, key);
	}

	/**
	 * Pay, and try again for as long as the facilitator says that too many pay at once.
	 */
	FacilitatorClient.Reply settleInTurn(String sessionId, String amount) {
		AtomicReference<FacilitatorClient.Reply> reply = new AtomicReference<>();
		Eventually.isTrue(() -> {
			reply.set(this.client.settle(Payments.of(this, sessionId, amount)));
			return reply.get().status() != 503 || "settlement_pending".equals(reply.get().text("errorReason"));
		});
		return reply.get();
	}

	/** Let the ledgers up to this one close at once. */
	void closeUntil(long ledger) {
		while (this.devnet.latestLedger() < ledger) {
			this.devnet.closeLedger();
		}
	}

	/** The books, beside the facilitator. */
	TestDatabase openDatabase() {
		return TestDatabase.at(properties(Map.of()));
	}

	/** The key of a channel account. */
	KeyPair channel(int slot) {
		return KeyPair
			.fromSecretSeed(AccountKey.of(new String(this.spender.getSecretSeed())).derive("x402-channel:v1:" + slot));
	}

	/** What an account holds, stroops; 0 if there is none. */
	BigInteger lumens(KeyPair account) {
		LedgerState chain = new LedgerState(new HttpStellarRpc(this.devnet.rpcUri(), Duration.ofSeconds(10)),
				this.devnet.networkPassphrase());
		return BigInteger.valueOf(chain.account(account.getAccountId()).map(AccountState::balance).orElse(0L));
	}

	/** Somebody who can be paid and is on nobody's list. */
	KeyPair seller() {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());
		this.devnet.faucet(key.getAccountId(), BigDecimal.ZERO);
		return key;
	}

	BigInteger usdc(KeyPair account) {
		return this.devnet.usdcBalance(account.getAccountId());
	}

	@Override
	public void close() {
		stop();
		this.devnet.close();
	}

}

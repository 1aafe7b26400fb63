package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.stellar.sdk.AccountNotFoundException;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.PrepareTransactionException;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionBuilderAccount;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.requests.sorobanrpc.SorobanRpcErrorResponse;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.TransactionResult;
import tools.jackson.databind.JsonNode;

/**
 * A network whose ledgers close by hand, and a client of it made of the Java SDK.
 */
final class ManualNetwork implements AutoCloseable {

	final StellarDevnet devnet;

	final RpcClient rpc;

	final SorobanServer server;

	ManualNetwork() {
		this(StellarDevnet.builder());
	}

	ManualNetwork(StellarDevnetBuilder options) {
		this.devnet = options.ledgerInterval(Duration.ZERO).start();
		this.rpc = new RpcClient(this.devnet.rpcUri());
		this.server = new SorobanServer(this.devnet.rpcUri().toString());
	}

	KeyPair account() {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());
		return key;
	}

	KeyPair holder(String usdc) {
		KeyPair key = account();
		this.devnet.faucet(key.getAccountId(), new BigDecimal(usdc));
		return key;
	}

	/** A call of the USDC contract, not simulated and not signed. */
	Transaction call(KeyPair source, KeyPair actor, String function, SCVal... args) {
		return callOf(this.devnet.usdcContract(), source, actor, function, args);
	}

	Transaction callOf(String contract, KeyPair source, KeyPair actor, String function, SCVal... args) {
		return build(source,
				InvokeHostFunctionOperation.invokeContractFunctionOperationBuilder(contract, function, List.of(args))
					.sourceAccount(source.equals(actor) ? null : actor.getAccountId())
					.build());
	}

	Transaction build(KeyPair source, Operation... operations) {
		return builder(source, operations).setTimeout(TransactionPreconditions.TIMEOUT_INFINITE).build();
	}

	TransactionBuilder builder(KeyPair source, Operation... operations) {
		TransactionBuilderAccount account = ask(() -> this.server.getAccount(source.getAccountId()));
		return new TransactionBuilder(account, new Network(this.devnet.networkPassphrase())).setBaseFee(100)
			.addOperations(List.of(operations));
	}

	/** A simulated and signed call, ready to be sent. */
	Transaction prepared(KeyPair source, KeyPair actor, String function, SCVal... args) {
		return prepared(call(source, actor, function, args), source, actor);
	}

	Transaction prepared(Transaction call, KeyPair source, KeyPair actor) {
		Transaction transaction = ask(() -> this.server.prepareTransaction(call));
		return source.equals(actor) ? signed(transaction, source) : signed(transaction, source, actor);
	}

	static Transaction signed(Transaction transaction, KeyPair... signers) {
		for (KeyPair signer : signers) {
			transaction.sign(signer);
		}
		return transaction;
	}

	JsonNode send(Transaction transaction) {
		return this.rpc.result("sendTransaction", Map.of("transaction", transaction.toEnvelopeXdrBase64()));
	}

	JsonNode applied(Transaction transaction) {
		return this.rpc.result("getTransaction", Map.of("hash", transaction.hashHex()));
	}

	/** Sends a transaction, closes the ledger and tells what became of it. */
	JsonNode land(Transaction transaction) {
		JsonNode sent = send(transaction);
		if (!sent.get("status").asString().equals("PENDING")) {
			throw new AssertionError(sent.toString());
		}
		this.devnet.closeLedger();
		return applied(transaction);
	}

	/** The result that a transaction gets, when it is sent or when it lands. */
	TransactionResult outcome(Transaction transaction) {
		JsonNode sent = send(transaction);
		if (sent.get("status").asString().equals("ERROR")) {
			return ResultXdr.parse(sent.get("errorResultXdr").asString());
		}
		this.devnet.closeLedger();
		return ResultXdr.parse(applied(transaction).get("resultXdr").asString());
	}

	JsonNode simulate(Transaction transaction) {
		return this.rpc.result("simulateTransaction", Map.of("transaction", transaction.toEnvelopeXdrBase64()));
	}

	/** The value that a view returns. */
	SCVal view(KeyPair caller, String function, SCVal... args) {
		JsonNode simulated = simulate(call(caller, caller, function, args));
		return ask(() -> SCVal.fromXdrBase64(simulated.at("/results/0/xdr").asString()));
	}

	JsonNode approve(KeyPair owner, KeyPair spender, long amount, long liveUntil) {
		return land(prepared(owner, owner, "approve", address(owner), address(spender), amount(amount),
				Scv.toUint32(liveUntil)));
	}

	BigInteger allowance(KeyPair owner, KeyPair spender) {
		return Scv.fromInt128(view(owner, "allowance", address(owner), address(spender)));
	}

	Transaction transferFrom(KeyPair source, KeyPair spender, KeyPair from, KeyPair to, long amount) {
		return prepared(source, spender, "transfer_from", address(spender), address(from), address(to), amount(amount));
	}

	BigInteger usdc(KeyPair account) {
		return this.devnet.usdcBalance(account.getAccountId());
	}

	static SCVal address(KeyPair account) {
		return Scv.toAddress(account.getAccountId());
	}

	static SCVal amount(long baseUnits) {
		return Scv.toInt128(BigInteger.valueOf(baseUnits));
	}

	static <T> T ask(Question<T> question) {
		try {
			return question.ask();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (AccountNotFoundException | SorobanRpcErrorResponse | PrepareTransactionException ex) {
			throw new AssertionError(ex.getMessage(), ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.devnet.close();
	}

	/**
	 * A question to the network.
	 *
	 * @param <T> the type of the answer
	 */
	@FunctionalInterface
	interface Question<T> {

		T ask() throws IOException, AccountNotFoundException, SorobanRpcErrorResponse, PrepareTransactionException;

	}

}

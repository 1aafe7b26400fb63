package io.github.x402sessions.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.fixtures.LocalServer;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.AccountNotFoundException;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.requests.sorobanrpc.SorobanRpcErrorResponse;
import org.stellar.sdk.responses.sorobanrpc.GetTransactionResponse.GetTransactionStatus;

/**
 * A shop that takes what a test says and settles payments by {@code exact} on a devnet,
 * with an account of its own, as a facilitator does.
 */
final class ExactShop implements AutoCloseable {

	private final StellarDevnet devnet;

	private final KeyPair sender = KeyPair.random();

	private final LocalServer server = new LocalServer(this::answer);

	private final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();

	private volatile List<PaymentRequirements> asked = List.of();

	/** What happens to a payment. */
	volatile Conduct conduct = Conduct.SETTLES;

	ExactShop(StellarDevnet devnet) {
		this.devnet = devnet;
		this.devnet.fund(this.sender.getAccountId());
	}

	ExactShop asking(PaymentRequirements... offers) {
		this.asked = List.of(offers);
		return this;
	}

	URI uri() {
		return this.server.uri("/goods");
	}

	List<PaymentPayload> payments() {
		return this.payments;
	}

	/** The transactions that came, each as often as it came. */
	List<String> transactions() {
		return this.payments.stream().map((payment) -> String.valueOf(payment.payload().get("transaction"))).toList();
	}

	/** The nonce in a transaction that pays. */
	long nonce(String transaction) {
		return ((InvokeHostFunctionOperation) read(transaction).getOperations()[0]).getAuth()
			.iterator()
			.next()
			.getCredentials()
			.getAddress()
			.getNonce()
			.getInt64();
	}

	private Transaction read(String transaction) {
		try {
			return (Transaction) AbstractTransaction.fromEnvelopeXdr(transaction, network());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Network network() {
		return new Network(this.devnet.networkPassphrase());
	}

	private void answer(HttpExchange exchange) throws IOException {
		String header = exchange.getRequestHeaders().getFirst(PaymentHeader.SIGNATURE);
		if (header == null) {
			ask(exchange, null);
			return;
		}
		PaymentPayload payment = PaymentHeader.decode(header, PaymentPayload.class, 8192);
		this.payments.add(payment);
		switch (this.conduct) {
			case REFUSES -> ask(exchange, "insufficient_funds");
			case DELAYS -> ask(exchange, "settlement_pending");
			case LOSES_ANSWERS -> {
				settle(payment);
				exchange.close();
			}
			case SETTLES -> sell(exchange, payment);
		}
	}

	private void ask(HttpExchange exchange, @Nullable String error) throws IOException {
		exchange.getResponseHeaders()
			.add(PaymentHeader.REQUIRED, PaymentHeader.encode(
					new PaymentRequired(2, error, new ResourceInfo(uri().toString(), null, null), this.asked, null)));
		LocalServer.answer(exchange, 402, "");
	}

	private void sell(HttpExchange exchange, PaymentPayload payment) throws IOException {
		String transaction = payment.accepted().scheme().equals("exact") ? settle(payment) : "ab".repeat(32);
		exchange.getResponseHeaders()
			.add(PaymentHeader.RESPONSE, PaymentHeader.encode(Map.of("success", true, "transaction", transaction,
					"network", "stellar:testnet", "amount", payment.accepted().amount())));
		LocalServer.answer(exchange, 200, "goods");
	}

	/** Send the payment, whose own transaction is nobody's; told again if it was sent. */
	private synchronized String settle(PaymentPayload payment) throws IOException {
		Transaction paid = read(String.valueOf(payment.payload().get("transaction")));
		try (SorobanServer rpc = new SorobanServer(this.devnet.rpcUri().toString())) {
			Transaction rebuilt = new TransactionBuilder(rpc.getAccount(this.sender.getAccountId()), network())
				.addOperation(paid.getOperations()[0])
				.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
				.setBaseFee(paid.getFee())
				.setSorobanData(paid.getSorobanData())
				.build();
			rebuilt.sign(this.sender);
			rpc.sendTransaction(rebuilt);
			GetTransactionStatus status = GetTransactionStatus.NOT_FOUND;
			while (status == GetTransactionStatus.NOT_FOUND) {
				this.devnet.closeLedger();
				status = rpc.getTransaction(rebuilt.hashHex()).getStatus();
			}
			return rebuilt.hashHex();
		}
		catch (AccountNotFoundException | SorobanRpcErrorResponse ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

	/** What a shop does with a payment. */
	enum Conduct {

		SETTLES, LOSES_ANSWERS, REFUSES, DELAYS

	}

}

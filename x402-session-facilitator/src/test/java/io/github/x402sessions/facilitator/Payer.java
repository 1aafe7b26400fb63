package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeNative;
import org.stellar.sdk.ChangeTrustAsset;
import org.stellar.sdk.ChangeTrustOperation;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.responses.sorobanrpc.GetTransactionResponse.GetTransactionStatus;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody with USDC who lets the facilitator spend some of it.
 */
final class Payer {

	final KeyPair key;

	private final FacilitatorEnvironment environment;

	Payer(FacilitatorEnvironment environment, KeyPair key) {
		this.environment = environment;
		this.key = key;
	}

	String address() {
		return this.key.getAccountId();
	}

	/** Approve, wait until it has landed, and claim just that. */
	Map<String, Object> approved(long cap) {
		return approved(cap, this.environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
	}

	Map<String, Object> approved(long cap, long expirationLedger) {
		return approved(this.environment.spender, cap, expirationLedger);
	}

	Map<String, Object> approved(KeyPair spender, long cap, long expirationLedger) {
		String hash = land(InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.environment.devnet.usdcContract(), "approve",
					List.of(Scv.toAddress(address()), Scv.toAddress(spender.getAccountId()),
							Scv.toInt128(BigInteger.valueOf(cap)), Scv.toUint32(expirationLedger)))
			.build());
		return claims(hash, cap, expirationLedger);
	}

	Map<String, Object> claims(String hash, long cap, long expirationLedger) {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("approvalTxHash", hash);
		claims.put("user", address());
		claims.put("asset", this.environment.devnet.usdcContract());
		claims.put("recipient", this.environment.merchant.getAccountId());
		claims.put("cap", Long.toString(cap));
		claims.put("expirationLedger", expirationLedger);
		claims.put("network", "stellar:testnet");
		return claims;
	}

	/** Open a session and return its id. */
	String session(long cap) {
		FacilitatorClient.Reply reply = this.environment.client.post("/sessions", approved(cap));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	/** Pay somebody past the facilitator. */
	void transfer(String to, long amount) {
		land(InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.environment.devnet.usdcContract(), "transfer",
					List.of(Scv.toAddress(address()), Scv.toAddress(to), Scv.toInt128(BigInteger.valueOf(amount))))
			.build());
	}

	/**
	 * Put a transaction that somebody else has sent into one of one's own, and send that.
	 */
	void bump(String sendRequest) {
		Network network = new Network(this.environment.devnet.networkPassphrase());
		String envelope = sendRequest.replaceAll(".*\"transaction\":\"([^\"]+)\".*", "$1");
		try {
			Transaction sent = (Transaction) AbstractTransaction.fromEnvelopeXdr(envelope, network);
			FeeBumpTransaction bump = new FeeBumpTransaction.Builder(sent).setBaseFee(sent.getFee())
				.setFeeAccount(address())
				.build();
			bump.sign(this.key);
			new HttpStellarRpc(this.environment.devnet.rpcUri(), Duration.ofSeconds(10))
				.send(bump.toEnvelopeXdrBase64());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Pay somebody lumens, stroops. */
	void payLumens(String to, long stroops) {
		land(new PaymentOperation.Builder(to, new AssetTypeNative(), BigDecimal.valueOf(stroops, 7).toPlainString())
			.build());
	}

	/** Give the trustline up, which must be empty. */
	void removeTrustline() {
		land(new ChangeTrustOperation.Builder(ChangeTrustAsset.create(Asset.create(assetName())), "0").build());
	}

	String assetName() {
		try (SorobanServer rpc = new SorobanServer(this.environment.devnet.rpcUri().toString())) {
			Transaction name = transaction(rpc,
					InvokeHostFunctionOperation
						.invokeContractFunctionOperationBuilder(this.environment.devnet.usdcContract(), "name",
								List.of())
						.build());
			return new String(
					Scv.fromString(SCVal.fromXdrBase64(rpc.simulateTransaction(name).getResults().get(0).getXdr())));
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private Transaction transaction(SorobanServer rpc, Operation operation) throws Exception {
		return new TransactionBuilder(rpc.getAccount(address()),
				new Network(this.environment.devnet.networkPassphrase()))
			.setBaseFee(100)
			.addOperation(operation)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.build();
	}

	String land(Operation operation) {
		try (SorobanServer rpc = new SorobanServer(this.environment.devnet.rpcUri().toString())) {
			Transaction call = transaction(rpc, operation);
			Transaction prepared = (operation instanceof InvokeHostFunctionOperation) ? rpc.prepareTransaction(call)
					: call;
			prepared.sign(this.key);
			rpc.sendTransaction(prepared);
			Eventually
				.isTrue(() -> rpc.getTransaction(prepared.hashHex()).getStatus() != GetTransactionStatus.NOT_FOUND);
			return prepared.hashHex();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}

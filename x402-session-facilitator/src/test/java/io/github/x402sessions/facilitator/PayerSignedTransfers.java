package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Account;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.scval.Scv;

/**
 * Transfers by the payer, in transactions of the facilitator's channels: as those of a
 * scheme whose payers sign each payment.
 */
final class PayerSignedTransfers implements TransferMethod {

	private final FacilitatorEnvironment environment;

	private final KeyPair payer;

	private final Map<String, KeyPair> sources = new HashMap<>();

	PayerSignedTransfers(FacilitatorEnvironment environment, KeyPair payer, int channels) {
		this.environment = environment;
		this.payer = payer;
		for (int slot = 1; slot <= channels; slot++) {
			KeyPair channel = environment.channel(slot);
			this.sources.put(channel.getAccountId(), channel);
		}
	}

	@Override
	public boolean coalesces() {
		return false;
	}

	@Override
	public String spender() {
		return null;
	}

	@Override
	public SignedTransaction sign(Transfer transfer, AccountSigner source, long sequence, long maxTime,
			long lastLedger) {
		try (SorobanServer rpc = new SorobanServer(this.environment.devnet.rpcUri().toString())) {
			Transaction transaction = rpc.prepareTransaction(
					new TransactionBuilder(new Account(source.address(), sequence - 1), network()).setBaseFee(1_000)
						.addOperation(operation(transfer))
						.addPreconditions(
								TransactionPreconditions.builder().timeBounds(new TimeBounds(0, maxTime)).build())
						.build());
			transaction.sign(this.sources.get(source.address()));
			transaction.sign(this.payer);
			return new SignedTransaction(transaction.hashHex(), transaction.toEnvelopeXdrBase64(), source.address(),
					sequence, maxTime);
		}
		catch (Exception ex) {
			throw new RpcException("the transfer cannot be prepared", ex);
		}
	}

	private InvokeHostFunctionOperation operation(Transfer transfer) {
		return InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(transfer.asset(), "transfer",
					List.of(Scv.toAddress(transfer.from()), Scv.toAddress(transfer.to()),
							Scv.toInt128(transfer.amount())))
			.sourceAccount(this.payer.getAccountId())
			.build();
	}

	private Network network() {
		return new Network(this.environment.devnet.networkPassphrase());
	}

	@Override
	public @Nullable TransferFailure diagnose(Transfer transfer) {
		return TransferFailure.OTHER;
	}

	Transfer transfer(long amount) {
		return new Transfer(this.environment.devnet.usdcContract(), this.payer.getAccountId(),
				this.environment.merchant.getAccountId(), BigInteger.valueOf(amount));
	}

	String account() {
		return "exact:" + this.payer.getAccountId();
	}

}

package io.github.x402sessions.stellar.transfer;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A way to make transfers on the chain. Implementations are thread-safe.
 */
public interface TransferMethod {

	/**
	 * Tell whether transfers between the same parties may be made as one of their sum.
	 * @return whether they may
	 */
	boolean coalesces();

	/**
	 * Return the account whose allowance transfers take from.
	 * @return the spender's address, or {@code null} if payers sign for themselves
	 */
	@Nullable String spender();

	/**
	 * Build and sign a transfer.
	 * @param transfer the transfer
	 * @param source the key of the account that gives the sequence number and pays the
	 * fee
	 * @param sequence the sequence number
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @param lastLedger the last ledger that may hold it
	 * @return the signed transaction, not sent
	 * @throws TransferFailsException if the chain would refuse it
	 * @throws RpcException if the node does not say, or says what cannot be right
	 * @throws SigningException if there is no signature now
	 */
	SignedTransaction sign(Transfer transfer, AccountSigner source, long sequence, long maxTime, long lastLedger);

	/**
	 * Say why the chain refuses a transfer.
	 * @param transfer the transfer
	 * @return the cause, or {@code null} if it would not refuse it now
	 * @throws RpcException if the node does not say
	 */
	@Nullable TransferFailure diagnose(Transfer transfer);

}

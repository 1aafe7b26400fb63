package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;
import java.util.Optional;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;

/**
 * A payer as the account that settlements draw on. Nothing is set aside: the one transfer
 * that is signed is all that is paid, and the ledger alone knows what the payer has.
 * Thread-safe.
 *
 * @param payer who pays
 * @param method how the payment that draws on it is made
 */
record ExactAccount(String payer, TransferMethod method) implements FundingSource {

	/** No cap: what is signed is one amount. */
	private static final FundingBalance ANY = new FundingBalance(BigInteger.valueOf(Long.MAX_VALUE), BigInteger.ZERO,
			BigInteger.ZERO);

	@Override
	public String key() {
		return ExactPolicy.SCHEME + ":" + this.payer;
	}

	@Override
	public long openedIn() {
		return 0;
	}

	/** The recipient stands in what is signed. */
	@Override
	public boolean proven() {
		return true;
	}

	@Override
	public FundingBalance balance() {
		return ANY;
	}

	@Override
	public FundingBalance read() {
		return ANY;
	}

	@Override
	public void lock() {
	}

	@Override
	public void committed(String settlement) {
		throw new IllegalStateException("what is signed for one transfer settles at once");
	}

	@Override
	public boolean reserve(String settlement, BigInteger amount) {
		return true;
	}

	@Override
	public Optional<String> doubt(Transfer transfer, TransferFailure failure, long ledger) {
		return Optional.empty();
	}

}

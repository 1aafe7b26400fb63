package io.github.x402sessions.facilitator.store.jdbc;

import java.math.BigInteger;
import java.util.Optional;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;

/**
 * An account of a scheme without sessions: it sets nothing aside and pays whatever it is
 * asked for.
 *
 * @param key its name, which begins with that of its scheme and a colon
 * @param method how it pays
 */
public record NamedAccount(String key, TransferMethod method) implements FundingSource {

	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	@Override
	public long openedIn() {
		return 0;
	}

	@Override
	public boolean proven() {
		return true;
	}

	@Override
	public FundingBalance balance() {
		return new FundingBalance(LARGEST, BigInteger.ZERO, BigInteger.ZERO);
	}

	@Override
	public FundingBalance read() {
		return balance();
	}

	@Override
	public void lock() {
	}

	@Override
	public void committed(String settlement) {
		throw new IllegalStateException("its payments are not deferred");
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

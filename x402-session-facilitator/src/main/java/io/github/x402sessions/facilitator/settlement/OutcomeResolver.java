package io.github.x402sessions.facilitator.settlement;

import java.util.Objects;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Says what the end of a settlement means for its caller and its account. Thread-safe.
 */
public final class OutcomeResolver {

	private static final Logger logger = LoggerFactory.getLogger(OutcomeResolver.class);

	private final SettlementRepository settlements;

	/**
	 * Create it.
	 * @param settlements where settlements are written
	 */
	public OutcomeResolver(SettlementRepository settlements) {
		this.settlements = settlements;
	}

	/**
	 * Say what an outcome comes to.
	 * @return it, or {@code null} if the same payment may do better and there is time
	 */
	@Nullable SettlementResult result(FundingSource account, Transfer transfer, String hash, Outcome outcome, boolean timeLeft) {
		return switch (outcome.status()) {
			case CONFIRMED ->
				new SettlementResult.Settled(hash, after(account, transfer), false, carriedBy(hash), null, null);
			case FAILED -> {
				TransferFailure failure = diagnose(account, transfer);
				yield (failure == null && timeLeft) ? null
						: refused(account, transfer, (failure != null) ? failure : TransferFailure.OTHER,
								Objects.requireNonNullElse(outcome.ledger(), 0L));
			}
			case DEAD ->
				timeLeft ? null : new SettlementResult.NotSent("the network did not take the transaction in time");
		};
	}

	/** The money has moved; a database that is busy now must not hide that. */
	private static FundingBalance after(FundingSource account, Transfer transfer) {
		try {
			return account.read();
		}
		catch (DataAccessException ex) {
			logger.warn("An account cannot be read after its payment", ex);
			return account.balance().paid(transfer.amount());
		}
	}

	private int carriedBy(String hash) {
		try {
			return this.settlements.carriedBy(hash);
		}
		catch (DataAccessException ex) {
			return 1;
		}
	}

	/**
	 * Return {@code null} if the transfer would do now: only its resources were wrong.
	 */
	private @Nullable TransferFailure diagnose(FundingSource account, Transfer transfer) {
		try {
			return account.method().diagnose(transfer);
		}
		catch (RpcException ex) {
			return TransferFailure.OTHER;
		}
	}

	/**
	 * Refuse a transfer, unless its account doubts that.
	 * @param ledger the ledger that the transfer failed in; 0 if in none
	 */
	SettlementResult refused(FundingSource account, Transfer transfer, TransferFailure failure, long ledger) {
		logger.warn("A transfer from {} was refused: {}", transfer.from(), failure.sentence());
		return account.doubt(transfer, failure, ledger)
			.<SettlementResult>map(SettlementResult.NotSent::new)
			.orElseGet(() -> new SettlementResult.Refused(failure));
	}

}

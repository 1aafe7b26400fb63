package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.deferred.CommitmentAccounts;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.deferred.PayerFunds;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.SpenderParties;

/**
 * Books of what is not redeemed: the steps across commitments, their accounts and what is
 * lent, each of them one unit of work. Thread-safe.
 */
final class RedemptionBooks {

	private final UnitOfWork unitOfWork;

	private final RedemptionRepository commitments;

	private final CommitmentAccounts accounts;

	private final LendingBooks lending;

	private final RedemptionObserver figures;

	/**
	 * Create the books.
	 * @param unitOfWork runs steps that belong together
	 * @param commitments what is to be redeemed
	 * @param accounts what they draw on
	 * @param lending what is lent
	 * @param figures hears what becomes of commitments
	 */
	RedemptionBooks(UnitOfWork unitOfWork, RedemptionRepository commitments, CommitmentAccounts accounts,
			LendingBooks lending, RedemptionObserver figures) {
		this.unitOfWork = unitOfWork;
		this.commitments = commitments;
		this.accounts = accounts;
		this.lending = lending;
		this.figures = figures;
	}

	/** Read between whom commitments are in no transaction. */
	List<OpenParties> open() {
		List<OpenParties> open = this.commitments.open();
		this.figures.open(open);
		return open;
	}

	/**
	 * Read the commitments between parties that are in no transaction and that spenders
	 * of this node can take, the oldest first.
	 * @param defaulted whether those that are defaulted, or those that are not
	 * @param count how many of each spender at most
	 */
	List<OpenCommitment> open(Parties parties, boolean defaulted, int count) {
		return this.commitments.open(parties, defaulted, count);
	}

	/**
	 * Read the commitments between parties that are in no transaction, whoever can take
	 * them, the oldest first.
	 * @param defaulted whether those that are defaulted, or those that are not
	 * @param count how many at most
	 */
	List<OpenCommitment> openOfAny(Parties parties, boolean defaulted, int count) {
		return this.commitments.openOfAny(parties, defaulted, count);
	}

	/**
	 * Return what a payer has besides what others need: what their accounts may still
	 * spend, and what they have set aside.
	 * @param found what it has
	 */
	PayerFunds left(SpenderParties pair, PayerFunds found) {
		Parties parties = pair.parties();
		return found.without(this.commitments.owed(new AllowanceKey(parties.asset(), parties.from(), pair.spender()),
				found.ledger()), this.commitments.setAside(parties.asset(), parties.from()));
	}

	/**
	 * Write down that a payer cannot pay commitments: they stay set aside in their
	 * accounts, which pay nothing more. Nobody commits anything of the payer meanwhile;
	 * what was committed since these were read has its own turn.
	 * @param unpayable what cannot be paid; not empty
	 * @return what that comes to, base units
	 */
	BigInteger putInDefault(Parties parties, List<OpenCommitment> unpayable) {
		BigInteger sum = this.unitOfWork.run(() -> {
			this.accounts.lock(List.of(parties));
			this.lending.lock(List.of(parties));
			Map<String, BigInteger> unpaid = this.commitments
				.putInDefault(unpayable.stream().map(OpenCommitment::id).toList());
			unpaid.keySet().forEach(this.accounts::putInDefault);
			return sum(unpaid);
		});
		this.figures.defaulted(parties.asset(), sum);
		return sum;
	}

	/**
	 * Write down what will not be paid, for the time of its accounts is over: their
	 * recipient has lost it.
	 * @param ledger the latest ledger
	 * @return how much, base units
	 */
	BigInteger writeOff(Parties parties, long ledger) {
		BigInteger lost = this.accounts.orMended((freeing) -> writeOff(parties, ledger, freeing));
		if (lost.signum() > 0) {
			this.figures.writtenOff(parties.asset(), lost);
		}
		return lost;
	}

	private BigInteger writeOff(Parties parties, long ledger, BiConsumer<String, BigInteger> freeing) {
		return this.unitOfWork.run(() -> {
			Map<String, BigInteger> lost = this.commitments.writeOff(parties, ledger);
			if (!lost.isEmpty()) {
				this.lending.lost(parties, sum(lost));
				lost.forEach(freeing);
			}
			return sum(lost);
		});
	}

	/**
	 * Write down that an operator gives a commitment up: its recipient has lost it.
	 * @param beside the last step of the same unit of work, if it was to be had
	 */
	Optional<GivenUp> writeOff(String id, Consumer<GivenUp> beside) {
		Optional<GivenUp> lost = this.accounts.orMended((freeing) -> writeOff(id, beside, freeing));
		lost.ifPresent((one) -> this.figures.writtenOff(one.parties().asset(), one.amount()));
		return lost;
	}

	private Optional<GivenUp> writeOff(String id, Consumer<GivenUp> beside, BiConsumer<String, BigInteger> freeing) {
		return this.unitOfWork.run(() -> {
			Optional<GivenUp> lost = this.commitments.writeOff(id);
			lost.ifPresent((one) -> {
				this.lending.lost(one.parties(), one.amount());
				freeing.accept(one.account(), one.amount());
				beside.accept(one);
			});
			return lost;
		});
	}

	private static BigInteger sum(Map<String, BigInteger> amounts) {
		return amounts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
	}

}

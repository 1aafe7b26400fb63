package io.github.x402sessions.client.approval;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.Submission;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transaction.ResultCode;

/**
 * Sends one signed approval and watches for it until the chain itself has given the
 * verdict: it is in a ledger, or its time is over and it is in none. Troubles on the way
 * never count as a failure, because the transaction could still land.
 */
final class ApprovalSubmission {

	private static final String BAD_SEQUENCE = "txBAD_SEQ";

	private final StellarRpc rpc;

	private final SignedApproval approval;

	private final ApprovalTimeouts timeouts;

	private final Clock clock;

	private final BooleanSupplier numberUsed;

	/** The network has it or had it: sending it again is of no use. */
	private boolean handedOver;

	/** It left this machine, so a later refusal does not prove that it is nowhere. */
	private boolean mayLand;

	private String trouble = "it is in no ledger yet";

	/**
	 * Create it.
	 * @param numberUsed tells whether a ledger has used the approval's sequence number
	 */
	ApprovalSubmission(StellarRpc rpc, SignedApproval approval, ApprovalTimeouts timeouts, Clock clock,
			BooleanSupplier numberUsed) {
		this.rpc = rpc;
		this.approval = approval;
		this.timeouts = timeouts;
		this.clock = clock;
		this.numberUsed = numberUsed;
	}

	/** Only watch: it was sent before, by this process or another. */
	ApprovalOutcome watch() {
		this.handedOver = true;
		this.mayLand = true;
		return await();
	}

	/** Send and watch. */
	ApprovalOutcome await() {
		Instant giveUp = this.clock.instant().plus(this.timeouts.giveUpAfter());
		do {
			Optional<ApprovalOutcome> outcome = send().or(this::look);
			if (outcome.isPresent()) {
				return outcome.get();
			}
		}
		while (this.timeouts.pause() && this.clock.instant().isBefore(giveUp));
		return new ApprovalOutcome.Unknown(this.trouble);
	}

	private Optional<ApprovalOutcome> send() {
		if (this.handedOver) {
			return Optional.empty();
		}
		try {
			Submission sent = this.rpc.send(this.approval.envelope());
			if (sent.status() == Submission.Status.ERROR && !this.mayLand) {
				String code = ResultCode.name(sent.errorResult());
				if (!BAD_SEQUENCE.equals(code)) {
					return refused("the network refused it: " + code);
				}
				return badSequence();
			}
			this.handedOver = sent.status() != Submission.Status.TRY_AGAIN_LATER;
		}
		catch (ChainException ex) {
			this.trouble = String.valueOf(ex.getMessage());
		}
		this.mayLand = true;
		return Optional.empty();
	}

	/** A number that no ledger has used yet is refused by a node that lags. */
	private Optional<ApprovalOutcome> badSequence() {
		if (this.numberUsed.getAsBoolean()) {
			return look().or(() -> refused("the network refused it: " + BAD_SEQUENCE));
		}
		this.trouble = "the node lags behind the account's sequence number";
		return Optional.empty();
	}

	private Optional<ApprovalOutcome> look() {
		try {
			TransactionLookup found = this.rpc.transaction(this.approval.hash());
			if (!provesAbsence(found)) {
				return verdict(found);
			}
			// A server may read transaction and ledger one after the other, and the next
			// answer may come from a node behind: only two proofs in a row are one.
			TransactionLookup again = this.rpc.transaction(this.approval.hash());
			return provesAbsence(again) ? refused("no ledger took it before it expired") : verdict(again);
		}
		catch (ChainException ex) {
			this.trouble = String.valueOf(ex.getMessage());
			return Optional.empty();
		}
	}

	/** It is in no ledger up to now, and all that could have taken it are known. */
	private boolean provesAbsence(TransactionLookup found) {
		long maxTime = this.approval.maxTime();
		return found.status() == TransactionLookup.Status.NOT_FOUND && found.latestCloseTime() > maxTime
				&& found.oldestCloseTime() <= maxTime - this.timeouts.validity().toSeconds();
	}

	private static Optional<ApprovalOutcome> verdict(TransactionLookup found) {
		return switch (found.status()) {
			case SUCCESS -> Optional.of(new ApprovalOutcome.Approved(found.ledger()));
			case FAILED -> refused("it failed in ledger " + found.ledger() + ": " + ResultCode.name(found.result()));
			case NOT_FOUND -> Optional.empty();
		};
	}

	private static Optional<ApprovalOutcome> refused(String reason) {
		return Optional.of(new ApprovalOutcome.Refused(reason));
	}

}

package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.deferred.redemption.GivenUp;
import io.github.x402sessions.facilitator.deferred.redemption.PeriodicRedemption;
import io.github.x402sessions.facilitator.deferred.redemption.WriteOff;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Commitments: listed by who owes whom, redeemed before they are due, and given up one by
 * one. Thread-safe.
 */
final class CommitmentAdmin implements AdminResource {

	private static final int MOST = 1_000;

	private static final String WRITE_OFF = "commitment.write-off";

	private final PeriodicRedemption redemption;

	private final WriteOff writeOff;

	private final Audit audit;

	CommitmentAdmin(PeriodicRedemption redemption, WriteOff writeOff, Audit audit) {
		this.redemption = redemption;
		this.writeOff = writeOff;
		this.audit = audit;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/commitments", this::list)
			.POST("/commitments/redeem", this::redeem)
			.POST("/commitments/{commitment}/write-off", this::writeOff);
	}

	/** One by one where it is said whose, or else what all owe each other. */
	private ServerResponse list(ServerRequest request) {
		PartiesFilter of = PartiesFilter.of(request);
		int count = AdminRequest.count(request, MOST, MOST);
		Parties parties = of.only();
		if (parties != null) {
			List<AdminCommitment> open = Stream.of(false, true)
				.flatMap((defaulted) -> this.writeOff.open(parties, defaulted, count)
					.stream()
					.map((one) -> AdminCommitment.of(one, defaulted)))
				.toList();
			return JsonResponses.of(HttpStatus.OK, Map.of("commitments", open));
		}
		return JsonResponses.of(HttpStatus.OK,
				Map.of("debts",
						this.redemption.open()
							.stream()
							.filter((open) -> of.means(open.parties()))
							.limit(count)
							.map(AdminDebt::of)
							.toList()));
	}

	private ServerResponse redeem(ServerRequest request) throws IOException {
		RedemptionOrder order = AdminRequest.body(request, RedemptionOrder.class);
		PartiesFilter which = order.which();
		AuditEntry begun = AuditEntry.begun(AdminRequest.actor(request), "commitment.redeem", which.toString(),
				order.reason());
		List<Parties> taken = this.audit.around(begun, () -> this.redemption.redeem(which::means),
				(parties) -> "begun between " + parties.size() + " payer(s) and recipient(s)");
		return JsonResponses.of(HttpStatus.ACCEPTED,
				Map.of("begun",
						taken.stream()
							.map((one) -> Map.of("payer", one.from(), "recipient", one.to(), "asset", one.asset()))
							.toList()));
	}

	private ServerResponse writeOff(ServerRequest request) throws IOException {
		String commitment = request.pathVariable("commitment");
		if (!SettleResponse.isCommitment(commitment)) {
			throw new MalformedMessageException("'commitment' is not the name of one");
		}
		String reason = AdminRequest.required(AdminRequest.body(request, StatedReason.class).reason(), "reason");
		Actor actor = AdminRequest.actor(request);
		Optional<GivenUp> lost = this.writeOff.of(commitment, (one) -> this.audit
			.step(AuditEntry.done(actor, WRITE_OFF, subject(one), one.before(), "WRITTEN_OFF", reason)));
		if (lost.isEmpty()) {
			String objection = "there is no such commitment that is in no transaction and has not ended";
			this.audit.note(AuditEntry.refused(actor, WRITE_OFF, "commitment " + commitment, objection, reason));
			return JsonResponses.error(HttpStatus.CONFLICT, objection);
		}
		return JsonResponses.of(HttpStatus.OK,
				Map.of("commitment", commitment, "status", "written_off", "amount", lost.get().amount().toString()));
	}

	private static String subject(GivenUp one) {
		return "commitment " + one.id() + ", " + one.amount() + " to " + one.parties().to();
	}

	/**
	 * An order to redeem.
	 *
	 * @param payer the only payer that is meant; any where absent
	 * @param recipient the only recipient; any where absent
	 * @param asset the contract of the only asset; any where absent
	 * @param all true where really all are meant; absent or false where it is said whose
	 * @param reason why, for the audit log; absent where nobody says
	 */
	record RedemptionOrder(@Nullable String payer, @Nullable String recipient, @Nullable String asset,
			@Nullable Boolean all, @Nullable String reason) {

		/** Check the reason. */
		RedemptionOrder {
			AuditEntry.requireReasonable(reason);
		}

		/**
		 * Return which are meant.
		 * @throws MalformedMessageException if nothing says whose, nor that all are, or
		 * both do
		 */
		PartiesFilter which() {
			PartiesFilter which = new PartiesFilter(this.payer, this.recipient, this.asset);
			if (which.isOpen() != Boolean.TRUE.equals(this.all)) {
				throw new MalformedMessageException(
						"either 'payer', 'recipient' or 'asset' says which are meant, or 'all' is true");
			}
			return which;
		}

	}

}

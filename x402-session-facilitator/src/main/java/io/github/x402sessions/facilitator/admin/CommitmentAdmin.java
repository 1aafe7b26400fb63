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
		Decision of = new Decision(null, null, null, request.param("payer").orElse(null),
				request.param("recipient").orElse(null), request.param("asset").orElse(null));
		int count = AdminRequest.count(request, MOST, MOST);
		Parties parties = parties(of);
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
							.filter((open) -> isMeant(of, open.parties()))
							.limit(count)
							.map(AdminDebt::of)
							.toList()));
	}

	private static @Nullable Parties parties(Decision of) {
		return (of.asset() != null && of.payer() != null && of.recipient() != null)
				? new Parties(of.asset(), of.payer(), of.recipient()) : null;
	}

	private static boolean isMeant(Decision of, Parties parties) {
		return (of.payer() == null || of.payer().equals(parties.from()))
				&& (of.recipient() == null || of.recipient().equals(parties.to()))
				&& (of.asset() == null || of.asset().equals(parties.asset()));
	}

	private ServerResponse redeem(ServerRequest request) throws IOException {
		Decision which = AdminRequest.body(request, Decision.class);
		AuditEntry begun = AuditEntry.begun(AdminRequest.actor(request), "commitment.redeem",
				"commitments of " + or(which.payer()) + " to " + or(which.recipient()) + " in " + or(which.asset()),
				which.reason());
		List<Parties> taken = this.audit.around(begun,
				() -> this.redemption.redeem((parties) -> isMeant(which, parties)),
				(parties) -> "begun between " + parties.size() + " payer(s) and recipient(s)");
		return JsonResponses.of(HttpStatus.ACCEPTED,
				Map.of("begun",
						taken.stream()
							.map((one) -> Map.of("payer", one.from(), "recipient", one.to(), "asset", one.asset()))
							.toList()));
	}

	private static String or(@Nullable String one) {
		return (one != null) ? one : "any";
	}

	private ServerResponse writeOff(ServerRequest request) throws IOException {
		String commitment = request.pathVariable("commitment");
		if (!SettleResponse.isCommitment(commitment)) {
			throw new MalformedMessageException("'commitment' is not the name of one");
		}
		String reason = AdminRequest.body(request, Decision.class).because();
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

}

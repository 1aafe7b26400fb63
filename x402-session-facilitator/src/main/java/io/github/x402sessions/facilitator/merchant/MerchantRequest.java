package io.github.x402sessions.facilitator.merchant;

import java.util.Collection;
import java.util.List;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * A merchant as an operator wants it. What is absent stays as it is.
 *
 * @param name the name, where one is made
 * @param recipients the addresses that are paid
 * @param assets the contracts of the assets that it is paid in; empty for all
 * @param schemes what it is paid by; empty for all
 * @param perCall the most that one payment may be, base units; 0 for no limit
 * @param perDay the most that may be paid in a day, base units; 0 for no limit
 * @param exposure the most that may be owed, base units; 0 for no limit
 * @param reason why, for the audit log; absent where nobody says
 */
public record MerchantRequest(@Nullable String name, @Nullable List<String> recipients, @Nullable List<String> assets,
		@Nullable List<String> schemes, @Nullable String perCall, @Nullable String perDay, @Nullable String exposure,
		@Nullable String reason) {

	/**
	 * Check the reason.
	 * @throws MalformedMessageException if it is too long
	 */
	public MerchantRequest {
		AuditEntry.requireReasonable(reason);
	}

	/**
	 * Return the terms of a new merchant.
	 * @param served the assets that are served
	 * @throws InvalidMerchantException if they cannot be so
	 */
	MerchantTerms terms(Collection<String> served) {
		MerchantTerms none = MerchantTerms.of(List.of(), List.of(), List.of(), MerchantLimits.NONE);
		MerchantTerms.requireRecipients((this.recipients != null) ? this.recipients : List.of());
		return terms(none, served);
	}

	/**
	 * Return the terms of a merchant that has some. What is not given is as it was, and
	 * is not checked.
	 * @param served the assets that are served
	 * @throws InvalidMerchantException if they cannot be so
	 */
	MerchantTerms terms(MerchantTerms before, Collection<String> served) {
		MerchantLimits limits = before.limits();
		return MerchantTerms.of(
				(this.recipients != null) ? MerchantTerms.requireRecipients(this.recipients) : before.recipients(),
				(this.assets != null) ? MerchantTerms.requireAssets(this.assets, served) : before.assets(),
				(this.schemes != null) ? MerchantTerms.requireSchemes(this.schemes) : before.schemes(),
				new MerchantLimits(MerchantLimits.read(this.perCall, limits.perCall(), "perCall"),
						MerchantLimits.read(this.perDay, limits.perDay(), "perDay"),
						MerchantLimits.read(this.exposure, limits.exposure(), "exposure")));
	}

}

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
		requireReasonable(reason);
	}

	static void requireReasonable(@Nullable String reason) {
		if (reason != null && reason.length() > AuditEntry.LONGEST_REASON) {
			throw new MalformedMessageException("'reason' is longer than " + AuditEntry.LONGEST_REASON + " characters");
		}
	}

	/** Return the terms of a new merchant. */
	MerchantTerms terms() {
		return terms(List.of(), List.of(), List.of(), MerchantLimits.NONE);
	}

	/** Return the terms of a merchant that has some. */
	MerchantTerms terms(MerchantTerms before) {
		return terms(before.recipients(), before.assets(), before.schemes(), before.limits());
	}

	private MerchantTerms terms(Collection<String> recipientsBefore, Collection<String> assetsBefore,
			Collection<String> schemesBefore, MerchantLimits limits) {
		return MerchantTerms.of((this.recipients != null) ? this.recipients : recipientsBefore,
				(this.assets != null) ? this.assets : assetsBefore,
				(this.schemes != null) ? this.schemes : schemesBefore,
				new MerchantLimits(MerchantLimits.read(this.perCall, limits.perCall(), "perCall"),
						MerchantLimits.read(this.perDay, limits.perDay(), "perDay"),
						MerchantLimits.read(this.exposure, limits.exposure(), "exposure")));
	}

}

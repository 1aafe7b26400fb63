package io.github.x402sessions.core.scheme;

import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * The words of the {@code session} scheme for payments that are settled later on.
 */
enum SessionDeferral implements Deferral {

	INSTANCE;

	@Override
	public boolean isOffered(SupportedKind kind) {
		return Boolean.TRUE.equals(kind.extra().get(SessionScheme.DEFERRED));
	}

	@Override
	public PaymentRequirements ask(PaymentRequirements asked) {
		return asked.withExtra(SessionScheme.SETTLEMENT, SessionScheme.DEFERRED);
	}

	@Override
	public boolean isAsked(PaymentRequirements asked) {
		return SessionScheme.DEFERRED.equals(asked.extra().get(SessionScheme.SETTLEMENT));
	}

	@Override
	public boolean isAtOnce(VerifyResponse verdict) {
		return SessionScheme.IMMEDIATE
			.equals(SessionScheme.extension(verdict.extensions()).get(SessionScheme.SETTLEMENT));
	}

	@Override
	public boolean isHoldOffered(SupportedKind kind) {
		return Boolean.TRUE.equals(kind.extra().get(SessionScheme.HOLDS));
	}

	@Override
	public PaymentRequirements heldBy(PaymentRequirements asked, String holder) {
		return asked.withExtra(SessionScheme.HOLDER, holder);
	}

	@Override
	public Optional<Instant> heldUntil(SettleResponse receipt) {
		return SessionScheme.heldUntil(receipt.extensions());
	}

}

package io.github.x402sessions.spring.autoconfigure;

import java.util.List;

import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.ReceiptStatement;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.NoticePage;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Tells a native image what to keep: the records on the wire, the proxy of the
 * facilitator's client and the scripts of the page.
 */
final class X402RuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<?>> WIRE = List.of(FacilitatorRequest.class, NoticePage.class, PaymentPayload.class,
			PaymentRequired.class, OfferTerms.class, ReceiptStatement.class, SettleResponse.class, SignedOffer.class,
			SignedReceipt.class, SupportedResponse.class, VerifyResponse.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), WIRE.toArray(Class[]::new));
		hints.resources().registerPattern("io/github/x402sessions/core/page/**");
		hints.proxies()
			.registerJdkProxy(TypeReference.of("io.github.x402sessions.core.facilitator.http.FacilitatorApi"));
	}

}

package io.github.x402sessions.core.gate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * A payment as a facilitator is told of it. What catalogues list is the server's word and
 * not its payer's, who could have them say of this seller, or of another one's address,
 * whatever he likes: the resource is the challenge's, and a repeated declaration too.
 */
final class ToldPayment {

	private ToldPayment() {
	}

	static PaymentPayload of(PaymentPayload payment, PaymentRequired challenge) {
		return new PaymentPayload(payment.x402Version(), challenge.resource(), payment.accepted(), payment.payload(),
				extensions(payment.extensions(), challenge.extensions()));
	}

	private static @Nullable Map<String, @Nullable Object> extensions(@Nullable Map<String, @Nullable Object> sent,
			@Nullable Map<String, @Nullable Object> advertised) {
		if (sent == null || !sent.containsKey(BazaarDeclaration.EXTENSION)) {
			return sent;
		}
		Map<String, @Nullable Object> told = new LinkedHashMap<>(sent);
		Object declared = (advertised != null) ? advertised.get(BazaarDeclaration.EXTENSION) : null;
		if (declared != null) {
			told.put(BazaarDeclaration.EXTENSION, declared);
		}
		else {
			told.remove(BazaarDeclaration.EXTENSION);
		}
		return told;
	}

}

package io.github.x402sessions.core.challenge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.WireJson;

/**
 * Writes terms once and remembers them: as long as neither price nor facilitator changes,
 * the same URL has the same terms. Bounded by the length of what is remembered, because
 * clients choose the URL. Thread-safe.
 */
public final class PreparedTerms {

	private static final long MAX_CHARACTERS = 2L * 1024 * 1024;

	private final Cache<PaymentRequired, Written> written = Caffeine.newBuilder()
		.maximumWeight(MAX_CHARACTERS)
		.weigher((PaymentRequired required, Written terms) -> terms.header().length() + terms.json().length())
		.executor(Runnable::run)
		.build();

	/** Return terms as they are sent. */
	Written of(PaymentRequired required) {
		Written known = this.written.getIfPresent(required);
		return (known != null) ? known : write(required);
	}

	private Written write(PaymentRequired required) {
		byte[] json = WireJson.write(required);
		Written terms = new Written(Base64.getEncoder().encodeToString(json), new String(json, StandardCharsets.UTF_8));
		if (required.error() == null) {
			this.written.put(required, terms);
		}
		return terms;
	}

	/**
	 * Terms as they are sent.
	 *
	 * @param header the value of {@code PAYMENT-REQUIRED}
	 * @param json the document that the header encodes
	 */
	record Written(String header, String json) {
	}

}

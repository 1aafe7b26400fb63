package io.github.x402sessions.core.gate;

import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a payment says of extensions with what the challenge said. As x402's own
 * servers do, it looks only at extensions that the client sent and the server advertises,
 * and of those only at {@code info}, to which a client may add. A client may leave out
 * what is {@code false} as well: many send nothing but their own members.
 */
final class ExtensionEcho {

	/** What a payment is refused with that contradicts its challenge. */
	static final String MISMATCH = "extension_echo_mismatch";

	private ExtensionEcho() {
	}

	static boolean isFaithful(PaymentRequired challenge, PaymentPayload payment) {
		Map<String, @Nullable Object> advertised = challenge.extensions();
		Map<String, @Nullable Object> sent = payment.extensions();
		return advertised == null || sent == null || sent.entrySet()
			.stream()
			.filter((extension) -> advertised.containsKey(extension.getKey()))
			.allMatch((extension) -> holds(info(advertised.get(extension.getKey())), info(extension.getValue())));
	}

	/** Upstream takes an extension without it for its own info. */
	private static @Nullable Object info(@Nullable Object extension) {
		return (extension instanceof Map<?, ?> members && members.containsKey("info")) ? members.get("info")
				: extension;
	}

	private static boolean holds(@Nullable Object ours, @Nullable Object theirs) {
		if (!(ours instanceof Map<?, ?> expected)) {
			return WireValues.same(ours, theirs);
		}
		return theirs instanceof Map<?, ?> echoed && expected.entrySet()
			.stream()
			.allMatch((member) -> echoed.containsKey(member.getKey())
					? holds(member.getValue(), echoed.get(member.getKey())) : Boolean.FALSE.equals(member.getValue()));
	}

}

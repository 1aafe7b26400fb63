package io.github.x402sessions.facilitator.scheme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.jspecify.annotations.Nullable;

/**
 * Routes each payment to the scheme whose kind it is, by what the server asks for, and
 * refuses those of no scheme's kinds. Thread-safe.
 */
public final class SchemeRouter implements Facilitator {

	private final Map<Kind, PaymentScheme> schemes = new LinkedHashMap<>();

	private final SupportedResponse supported;

	private final String network;

	/**
	 * Create the router.
	 * @param schemes the schemes, of which no two have a kind in common
	 * @param network the network that is served, as a CAIP-2 id
	 * @throws IllegalArgumentException if two have
	 */
	public SchemeRouter(List<PaymentScheme> schemes, String network) {
		this.network = network;
		List<SupportedKind> kinds = new ArrayList<>();
		Set<String> extensions = new LinkedHashSet<>();
		Map<String, List<String>> signers = new LinkedHashMap<>();
		for (PaymentScheme scheme : schemes) {
			SupportedResponse offered = scheme.supported();
			offered.kinds().forEach((kind) -> add(new Kind(kind.scheme(), kind.network()), scheme));
			kinds.addAll(offered.kinds());
			extensions.addAll(offered.extensions());
			offered.signers().forEach((pattern, named) -> signers.merge(pattern, named, SchemeRouter::union));
		}
		this.supported = new SupportedResponse(kinds, List.copyOf(extensions), signers);
	}

	private void add(Kind kind, PaymentScheme scheme) {
		PaymentScheme other = this.schemes.putIfAbsent(kind, scheme);
		if (other != null && other != scheme) {
			throw new IllegalArgumentException("two facilitators have the scheme " + kind.scheme());
		}
	}

	private static List<String> union(List<String> some, List<String> more) {
		Set<String> all = new LinkedHashSet<>(some);
		all.addAll(more);
		return List.copyOf(all);
	}

	@Override
	public SupportedResponse supported() {
		return this.supported;
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		PaymentScheme scheme = scheme(request);
		if (scheme != null) {
			return scheme.verify(request);
		}
		Reason reason = reason(request);
		return VerifyResponse.invalid(reason.wireName(), message(reason));
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		PaymentScheme scheme = scheme(request);
		if (scheme != null) {
			return scheme.settle(request);
		}
		Reason reason = reason(request);
		return SettleResponse.failure(reason.wireName(), message(reason), this.network);
	}

	private @Nullable PaymentScheme scheme(FacilitatorRequest request) {
		PaymentRequirements asked = request.paymentRequirements();
		return this.schemes.get(new Kind(asked.scheme(), asked.network()));
	}

	private Reason reason(FacilitatorRequest request) {
		String scheme = request.paymentRequirements().scheme();
		boolean known = this.schemes.keySet().stream().anyMatch((kind) -> kind.scheme().equals(scheme));
		return known ? Reason.NETWORK_MISMATCH : Reason.SCHEME_MISMATCH;
	}

	/** Nothing of a stranger's is repeated. */
	private String message(Reason reason) {
		return (reason == Reason.NETWORK_MISMATCH) ? "the network must be '" + this.network + "'"
				: this.schemes.keySet()
					.stream()
					.map((kind) -> "'" + kind.scheme() + "'")
					.distinct()
					.collect(Collectors.joining(" or ", "the scheme must be ", ""));
	}

	/** A kind of payment, whatever the version of the protocol. */
	private record Kind(String scheme, String network) {
	}

}

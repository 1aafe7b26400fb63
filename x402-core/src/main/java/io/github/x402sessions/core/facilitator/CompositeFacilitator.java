package io.github.x402sessions.core.facilitator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * Stands for several facilitators: the first that supports a kind handles it. One that
 * does not answer is passed over. Who verified a payment has to settle it, so callers
 * that do both keep to what {@link #find} gave them.
 */
public final class CompositeFacilitator implements Facilitator, AutoCloseable {

	private final List<Facilitator> delegates;

	/**
	 * Create a composite.
	 * @param delegates the facilitators, the first to be asked first; at least one. Each
	 * should know what it supports without a call: {@link RefreshingFacilitator}
	 * @throws IllegalArgumentException if there is none
	 */
	public CompositeFacilitator(List<? extends Facilitator> delegates) {
		this.delegates = List.copyOf(delegates);
		if (this.delegates.isEmpty()) {
			throw new IllegalArgumentException("there must be at least one facilitator");
		}
	}

	/**
	 * Return the facilitators that this one stands for.
	 * @return the facilitators, the first to be asked first
	 */
	public List<Facilitator> delegates() {
		return this.delegates;
	}

	/**
	 * Return what all facilitators together offer: their kinds, but only the extensions
	 * that all of them honour.
	 */
	@Override
	public SupportedResponse supported() {
		List<SupportedResponse> responses = new ArrayList<>();
		FacilitatorException failure = null;
		for (Facilitator delegate : this.delegates) {
			try {
				responses.add(delegate.supported());
			}
			catch (FacilitatorException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (responses.isEmpty() && failure != null) {
			throw failure;
		}
		return union(responses);
	}

	private static SupportedResponse union(List<SupportedResponse> responses) {
		Map<List<Object>, SupportedKind> kinds = new LinkedHashMap<>();
		List<String> extensions = new ArrayList<>(responses.get(0).extensions());
		Map<String, List<String>> signers = new LinkedHashMap<>();
		for (SupportedResponse response : responses) {
			response.kinds()
				.forEach((kind) -> kinds.putIfAbsent(List.of(kind.x402Version(), kind.scheme(), kind.network()), kind));
			extensions.retainAll(response.extensions());
			response.signers().forEach((pattern, addresses) -> signers.merge(pattern, addresses, (known, added) -> {
				List<String> merged = new ArrayList<>(known);
				merged.addAll(added);
				return merged.stream().distinct().toList();
			}));
		}
		return new SupportedResponse(List.copyOf(kinds.values()), extensions, signers);
	}

	@Override
	public Optional<FacilitatedKind> find(String scheme, String network) {
		FacilitatorException failure = null;
		for (Facilitator delegate : this.delegates) {
			try {
				Optional<FacilitatedKind> found = delegate.find(scheme, network);
				if (found.isPresent()) {
					return found;
				}
			}
			catch (FacilitatorException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
		return Optional.empty();
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return chosen(request).verify(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return chosen(request).settle(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request, Duration limit) {
		return chosen(request).settle(request, limit);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return chosen(request).hold(request);
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return chosen(request).release(request);
	}

	/** The longest of all: what settles one payment is asked itself. */
	@Override
	public Duration settleTimeout() {
		return this.delegates.stream().map(Facilitator::settleTimeout).max(Comparator.naturalOrder()).orElseThrow();
	}

	private Facilitator chosen(FacilitatorRequest request) {
		PaymentRequirements asked = request.paymentRequirements();
		return find(asked.scheme(), asked.network()).map(FacilitatedKind::facilitator)
			.orElseThrow(() -> new FacilitatorUnavailableException(
					"no facilitator supports " + asked.scheme() + " on " + asked.network(), null));
	}

	/**
	 * Close those facilitators that can be closed.
	 * @throws IllegalStateException if one of them could not be
	 */
	@Override
	public void close() {
		IllegalStateException failure = new IllegalStateException("a facilitator could not be closed");
		for (Facilitator delegate : this.delegates) {
			if (delegate instanceof AutoCloseable closeable) {
				try {
					closeable.close();
				}
				catch (Exception ex) {
					failure.addSuppressed(ex);
				}
			}
		}
		if (failure.getSuppressed().length > 0) {
			throw failure;
		}
	}

}

package io.github.x402sessions.facilitator.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a catalogue of the settlements of another facilitator: never of what was only
 * verified or held. Whatever goes wrong with that is no concern of the payment's.
 * Thread-safe.
 */
public final class CataloguingFacilitator extends DelegatingFacilitator {

	private static final Logger logger = LoggerFactory.getLogger(CataloguingFacilitator.class);

	private final Facilitator facilitator;

	private final Catalogue catalogue;

	/**
	 * Create it.
	 * @param facilitator settles
	 * @param catalogue hears of it
	 */
	public CataloguingFacilitator(Facilitator facilitator, Catalogue catalogue) {
		this.facilitator = facilitator;
		this.catalogue = catalogue;
	}

	@Override
	protected Facilitator delegate() {
		return this.facilitator;
	}

	@Override
	public SupportedResponse supported() {
		SupportedResponse supported = super.supported();
		List<String> extensions = new ArrayList<>(supported.extensions());
		extensions.add(BazaarDeclaration.EXTENSION);
		return new SupportedResponse(supported.kinds(), extensions, supported.signers());
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		SettleResponse answer = call.get();
		try {
			this.catalogue.settled(request, answer);
		}
		catch (RuntimeException ex) {
			logger.warn("A settlement is not listed", ex);
		}
		return answer;
	}

	@Override
	protected SettleResponse holding(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return call.get();
	}

	@Override
	protected SettleResponse releasing(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return call.get();
	}

}

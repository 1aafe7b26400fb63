package io.github.x402sessions.spring.actuate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.refresh.FacilitatorState;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.deferral.OpenPayments;
import io.github.x402sessions.spring.deferral.OwedSum;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} that shows what is for sale, at what prices, and what the
 * facilitators support. Read-only; not exposed over HTTP unless it is asked for.
 */
@Endpoint(id = "x402")
public final class X402Endpoint {

	private final Collection<PriceList> pricing;

	private final Facilitator facilitator;

	private final FacilitatorStates states;

	private final @Nullable OpenPayments payments;

	private final @Nullable String discovery;

	X402Endpoint(Collection<PriceList> pricing, Facilitator facilitator, FacilitatorStates states,
			@Nullable OpenPayments payments, @Nullable String discovery) {
		this.discovery = discovery;
		this.pricing = List.copyOf(pricing);
		this.facilitator = facilitator;
		this.states = states;
		this.payments = payments;
	}

	/**
	 * Show everything.
	 * @return routes that are known before a request comes, the kinds of payment that the
	 * facilitators support, how asking them went, and what is owed by deferred payments
	 */
	@ReadOperation
	public Descriptor x402() {
		return new Descriptor(routes(), kinds(), this.states.all().stream().map(State::of).toList(), owed(),
				this.discovery);
	}

	private List<Owed> owed() {
		return (this.payments != null) ? this.payments.sums().stream().map(Owed::of).toList() : List.of();
	}

	private List<Route> routes() {
		return this.pricing.stream()
			.flatMap((prices) -> prices.routes()
				.stream()
				.map((route) -> Route.of(route, prices.isPricedPerRequest(route))))
			.distinct()
			.toList();
	}

	private List<Kind> kinds() {
		try {
			return this.facilitator.supported().kinds().stream().map(Kind::of).distinct().toList();
		}
		catch (FacilitatorException ex) {
			return List.of();
		}
	}

	/**
	 * Everything.
	 *
	 * @param routes what is for sale
	 * @param kinds what the facilitators support
	 * @param facilitators how asking them went; empty if the application's own
	 * facilitator keeps no record
	 * @param owed what is owed by deferred payments; empty if nothing is
	 * @param discovery path of the list of what is for sale; absent if there is none
	 */
	public record Descriptor(List<Route> routes, List<Kind> kinds, List<State> facilitators, List<Owed> owed,
			@Nullable String discovery) {
	}

	/**
	 * Sum that is owed to a recipient in an asset.
	 *
	 * @param recipient the address
	 * @param network the network as a CAIP-2 id
	 * @param asset the asset's contract id
	 * @param open how many payments are committed and not confirmed
	 * @param amount their sum, base units
	 * @param oldest when the oldest of them was committed
	 * @param defaulted the sum of what payers could not pay, base units
	 */
	public record Owed(String recipient, String network, String asset, long open, String amount,
			@Nullable Instant oldest, String defaulted) {

		static Owed of(OwedSum sum) {
			return new Owed(sum.account().recipient(), sum.account().network(), sum.account().asset(), sum.open(),
					sum.owed().toString(), sum.oldest(), sum.defaulted().toString());
		}

	}

	/**
	 * A priced route.
	 *
	 * @param name the pattern
	 * @param description what is sold
	 * @param settlement when it is settled
	 * @param pricedPerRequest whether each request has a price of its own
	 * @param accepts the ways to pay
	 * @param freeFor who pays nothing; absent if nobody does for who he is
	 * @param freePerDay how many calls a day each caller has for nothing; absent if none
	 */
	public record Route(String name, @Nullable String description, String settlement, boolean pricedPerRequest,
			List<Price> accepts, @Nullable String freeFor, @Nullable Integer freePerDay) {

		static Route of(PricedRoute route, boolean pricedPerRequest) {
			FreeCalls free = route.free();
			return new Route(route.name(), route.description(), route.timing().name(), pricedPerRequest,
					route.accepts().stream().map((terms) -> Price.of(terms, pricedPerRequest)).toList(),
					(free != null) ? free.condition() : null,
					(free != null && free.perDay() > 0) ? free.perDay() : null);
		}

	}

	/**
	 * A way to pay.
	 *
	 * @param price the price in whole tokens; absent where each request has its own
	 * @param amount the price in base units; absent where each request has its own
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @param asset the asset's contract id
	 * @param payTo who is paid
	 */
	public record Price(@Nullable String price, @Nullable String amount, String scheme, String network, String asset,
			String payTo) {

		static Price of(PaymentTerms terms, boolean perRequest) {
			return new Price(perRequest ? null : terms.asset().toDecimal(terms.amount()),
					perRequest ? null : terms.amount().toString(), terms.scheme(), terms.network(), terms.asset().id(),
					terms.payTo());
		}

	}

	/**
	 * A kind of payment.
	 *
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 */
	public record Kind(String scheme, String network) {

		static Kind of(SupportedKind kind) {
			return new Kind(kind.scheme(), kind.network());
		}

	}

	/**
	 * The result of asking a facilitator.
	 *
	 * @param name the facilitator's name
	 * @param lastSuccess when it last answered
	 * @param lastFailure when it last failed to
	 * @param failure why it fails now
	 */
	public record State(String name, @Nullable Instant lastSuccess, @Nullable Instant lastFailure,
			@Nullable String failure) {

		static State of(RefreshingFacilitator facilitator) {
			FacilitatorState state = facilitator.state();
			FacilitatorException failure = state.failure();
			return new State(facilitator.name(), state.lastSuccess(), state.lastFailure(),
					(failure != null) ? failure.getMessage() : null);
		}

	}

}

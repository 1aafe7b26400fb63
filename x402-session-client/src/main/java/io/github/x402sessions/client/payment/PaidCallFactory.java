package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.offer.OfferCheck;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link PaidCall} of every request. Thread-safe.
 */
public final class PaidCallFactory {

	/** The request header by which a caller names a call that it may make again. */
	public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final Payer payer;

	private final OfferCheck offers;

	private final List<Budget> budgets;

	private final boolean prepaying;

	private final PaymentEventPublisher events;

	private final LearnedPrices prices = new LearnedPrices();

	/**
	 * Create a factory.
	 * @param payer pays what servers ask, before those that the options name
	 * @param options how to pay
	 */
	public PaidCallFactory(Payer payer, PaymentOptions options) {
		this.offers = options.offers();
		this.payer = new GuardedPayer(new CheckedPayer(options.payers(payer), this.offers));
		this.budgets = List.of(options.budget());
		this.prepaying = options.prepaying();
		this.events = new PaymentEventPublisher(options.listener());
	}

	/**
	 * Start a call.
	 * @param method the HTTP method
	 * @param url the absolute URL that is requested
	 * @param headers the values of a request header by its name, which the function has
	 * to take in any case
	 * @param body tells the hash of the request's body, see {@link PaymentOffer#body()}
	 * @return the call, or empty if the request carries a payment of its own, which is
	 * none of our business
	 */
	public Optional<PaidCall> call(String method, URI url, Function<String, List<String>> headers,
			Supplier<String> body) {
		if (isPaid(headers)) {
			return Optional.empty();
		}
		String key = IdempotencyKey.in(headers.apply(IDEMPOTENCY_KEY));
		return Optional.of(new PaidCall(this, CallSubject.http(method, url, key, body), this.payer, this.budgets));
	}

	/**
	 * Start a call over a transport that has neither methods nor headers.
	 * @param server the server's URL
	 * @param tool the name of what is called there
	 * @param key the caller's name for a call that it may make again, or {@code null}
	 * @param limits limits of this call
	 * @return the call
	 */
	public PaidCall toolCall(URI server, String tool, @Nullable String key, CallLimits limits) {
		List<Budget> budgets = Stream.concat(this.budgets.stream(), limits.budgets().stream()).toList();
		return new PaidCall(this, CallSubject.tool(server, tool, key),
				new GuardedPayer(limits.payer().apply(this.payer)), budgets);
	}

	/**
	 * Tell whether a request carries a payment already.
	 * @param headers the values of a request header by its name
	 * @return whether it does
	 */
	public static boolean isPaid(Function<String, List<String>> headers) {
		return !headers.apply(PaymentHeader.SIGNATURE).isEmpty()
				|| !headers.apply(PaymentHeader.LEGACY_SIGNATURE).isEmpty();
	}

	/**
	 * Return who pays: the payer and those that the options name.
	 * @return a payer that answers every offer, whatever happens in it
	 */
	public Payer payer() {
		return this.payer;
	}

	OfferCheck offers() {
		return this.offers;
	}

	Optional<LearnedPrices> prices() {
		return this.prepaying ? Optional.of(this.prices) : Optional.empty();
	}

	void publish(PaymentEvent event) {
		this.events.publish(event);
	}

}

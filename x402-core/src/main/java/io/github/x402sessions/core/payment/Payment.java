package io.github.x402sessions.core.payment;

import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;

/**
 * The verified payment of a call, for its handler: who pays, how much, and the means to
 * charge less. Amounts are in base units of the asset.
 */
public final class Payment {

	private final PaymentDecision.Verified verified;

	private final String route;

	private final Asset asset;

	private final Map<Object, Object> attributes = new ConcurrentHashMap<>(4);

	private BigInteger charged;

	private boolean metered;

	private boolean closed;

	/**
	 * Create the payment of a call.
	 * @param route what it pays for
	 * @param verified what was verified, on one of the route's own terms
	 * @return the payment, of which all is charged unless somebody says less
	 */
	public static Payment of(PricedRoute route, PaymentDecision.Verified verified) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		Asset asset = route.accepts()
			.stream()
			.filter((terms) -> terms.network().equals(asked.network()) && terms.asset().id().equals(asked.asset()))
			.map(PaymentTerms::asset)
			.findFirst()
			.orElseThrow();
		return new Payment(verified, route.name(), asset);
	}

	/**
	 * Create the payment of a call.
	 * @param verified what was verified
	 * @param route the route's name
	 * @param asset what is paid with
	 */
	public Payment(PaymentDecision.Verified verified, String route, Asset asset) {
		this.verified = verified;
		this.route = route;
		this.asset = asset;
		this.charged = amount();
	}

	/**
	 * Return the route that is paid for.
	 * @return its name in logs and meters: the pattern
	 */
	public String route() {
		return this.route;
	}

	/**
	 * Return what listeners keep of this payment from one event to the next.
	 * @return a map that is safe to change from several threads; its keys are best types
	 * of the listener's own
	 */
	public Map<Object, Object> attributes() {
		return this.attributes;
	}

	/**
	 * Return the payment scheme.
	 * @return the scheme, such as {@code session}
	 */
	public String scheme() {
		return requirements().scheme();
	}

	/**
	 * Return the network.
	 * @return a CAIP-2 id
	 */
	public String network() {
		return requirements().network();
	}

	/**
	 * Return what is paid with.
	 * @return the asset
	 */
	public Asset asset() {
		return this.asset;
	}

	/**
	 * Return who is paid.
	 * @return the recipient's address
	 */
	public String recipient() {
		return requirements().payTo();
	}

	/**
	 * Return who pays.
	 * @return the payer's address, or empty if the facilitator did not name it
	 */
	public Optional<String> payer() {
		return Optional.ofNullable(this.verified.payer());
	}

	/**
	 * Return the facilitator's word on the payment, with its extensions and whatever else
	 * it says of it.
	 * @return the answer to the verification
	 */
	public VerifyResponse verdict() {
		return this.verified.verdict();
	}

	/**
	 * Return the identifier that the facilitator knows this payment by, to ask it what
	 * became of a settlement.
	 * @return the client's payment identifier or, without one, the server's own; empty if
	 * there is neither
	 */
	public Optional<String> identifier() {
		return this.verified.identifier();
	}

	/**
	 * Return the most that this request can be charged: what was verified.
	 * @return base units
	 */
	public BigInteger amount() {
		return requirements().baseUnits();
	}

	/**
	 * Return what the payer may still spend, before this request: of a session, what is
	 * left of its cap.
	 * @return base units, or empty if the scheme or the facilitator does not say
	 */
	public Optional<BigInteger> remaining() {
		return PaymentScheme.of(scheme()).remaining(verdict());
	}

	/**
	 * Return what will be charged.
	 * @return base units, {@link #amount()} unless {@link #charge} said less; of a
	 * {@link MeteredPayment} what was added so far
	 */
	public synchronized BigInteger charged() {
		return this.charged;
	}

	/**
	 * Charge less than was verified. The last call before the answer leaves counts. Not
	 * every scheme allows it: {@code session} does; a payment by {@code exact} is signed
	 * for its full amount, and settling less is refused.
	 * @param baseUnits what to charge, 0 to {@link #amount()}; 0 for nothing at all
	 * @throws IllegalArgumentException if it is out of that range
	 * @throws IllegalStateException if the payment is already being settled, or is
	 * charged step by step: {@link MeteredPayment}
	 */
	public synchronized void charge(BigInteger baseUnits) {
		Objects.requireNonNull(baseUnits, "baseUnits");
		if (baseUnits.signum() < 0 || baseUnits.compareTo(amount()) > 0) {
			throw new IllegalArgumentException("the charge must be 0 to " + amount() + " base units");
		}
		if (this.closed) {
			throw new IllegalStateException("the payment is already being settled; charge before the answer leaves, "
					+ "on a route that is settled at commit");
		}
		if (this.metered) {
			throw new IllegalStateException("the payment is charged step by step");
		}
		this.charged = baseUnits;
	}

	/**
	 * Charge less than was verified.
	 * @param price what to charge as a decimal in whole tokens, such as {@code 0.03}
	 * @throws IllegalArgumentException if it is no such decimal or more than was verified
	 * @throws IllegalStateException if the payment is already being settled, or is
	 * charged step by step: {@link MeteredPayment}
	 */
	public void charge(String price) {
		charge(this.asset.toBaseUnits(price));
	}

	/** Charge nothing from here on but what is added. */
	synchronized void meter() {
		if (this.metered) {
			return;
		}
		if (this.closed) {
			throw new IllegalStateException("what is settled before or beside its handler is not charged step by step; "
					+ "settle the route deferred or at commit");
		}
		this.metered = true;
		this.charged = BigInteger.ZERO;
	}

	/**
	 * Tell whether a handler charges it step by step.
	 * @return whether it is a {@link MeteredPayment}
	 */
	public synchronized boolean isMetered() {
		return this.metered;
	}

	/** Charge more, if there is that much. */
	synchronized void add(BigInteger baseUnits) {
		if (this.closed) {
			throw new ChargeRefusedException("nothing more can be charged: the payment is being settled");
		}
		BigInteger sum = this.charged.add(baseUnits);
		if (sum.compareTo(amount()) > 0) {
			throw new ChargeRefusedException("nothing more can be charged: " + this.charged + " of " + amount()
					+ " base units are used, and " + baseUnits + " more are too many");
		}
		this.charged = sum;
	}

	/** What can still be added. */
	synchronized BigInteger addable() {
		return this.closed ? BigInteger.ZERO : amount().subtract(this.charged);
	}

	/**
	 * Take the final amount; from here on nothing can change it.
	 * @return base units
	 */
	public synchronized BigInteger close() {
		this.closed = true;
		return this.charged;
	}

	/** What was to be charged before is charged, whatever the handler says now. */
	synchronized BigInteger closeAt(BigInteger amount) {
		this.charged = amount;
		return close();
	}

	/**
	 * Return what was verified, which is what is settled.
	 * @return the decision
	 */
	public PaymentDecision.Verified verified() {
		return this.verified;
	}

	private PaymentRequirements requirements() {
		return this.verified.request().paymentRequirements();
	}

	@Override
	public String toString() {
		return "Payment[scheme=" + scheme() + ", network=" + network() + ", amount=" + amount() + "]";
	}

}

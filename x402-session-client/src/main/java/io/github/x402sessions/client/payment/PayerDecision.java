package io.github.x402sessions.client.payment;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@link Payer} to an offer.
 */
public sealed interface PayerDecision {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param pays what to make of a payment
	 * @param declines what to make of a refusal to pay
	 * @return the result of the case
	 */
	<T> T fold(Function<Pays, T> pays, Function<Declines, T> declines);

	/** Runs what has to wait for nobody. */
	Executor AT_ONCE = Runnable::run;

	/** Runs what may have to wait, for a node, a wallet or a person. */
	Executor IN_ITS_OWN_THREAD = (task) -> {
		Thread thread = new Thread(task, "x402-payment");
		thread.setDaemon(true);
		thread.start();
	};

	/**
	 * Return what makes the payment.
	 * @return runs it, in a thread of its own where that has to wait for somebody
	 */
	default Executor maker() {
		return fold(Pays::maker, (declines) -> AT_ONCE);
	}

	/**
	 * Return a decision that is known at once.
	 * @return the decision, done
	 */
	default CompletableFuture<PayerDecision> now() {
		return CompletableFuture.completedFuture(this);
	}

	/**
	 * It pays.
	 *
	 * @param accepted the way to pay that it takes
	 * @param asset what it pays with
	 * @param payload makes the scheme's own fields, once the budget allows the payment:
	 * what has to be signed is signed no sooner; they may hold a secret
	 * @param outcomes hears what becomes of the payment, before the client's listener
	 * does, which this is not
	 * @param renewedAfter a server's reasons to refuse after which this payer is asked
	 * once more, for the same call under the same identifier
	 * @param maker runs what makes the payload, in a thread of its own where that has to
	 * wait for somebody
	 */
	record Pays(PaymentRequirements accepted, Asset asset, Supplier<Map<String, @Nullable Object>> payload,
			Consumer<PaymentEvent.Outcome> outcomes, Set<String> renewedAfter,
			Executor maker) implements PayerDecision {

		/**
		 * Check the price.
		 * @throws io.github.x402sessions.core.protocol.MalformedMessageException if it is
		 * no whole number
		 */
		public Pays {
			accepted.baseUnits();
			renewedAfter = Set.copyOf(renewedAfter);
		}

		/**
		 * Pay with what is made at once.
		 * @param accepted the way to pay that it takes
		 * @param asset what it pays with
		 * @param payload makes the scheme's own fields; they may hold a secret
		 * @param outcomes hears what becomes of the payment
		 * @param renewedAfter a server's reasons to refuse after which this payer is
		 * asked once more
		 */
		public Pays(PaymentRequirements accepted, Asset asset, Supplier<Map<String, @Nullable Object>> payload,
				Consumer<PaymentEvent.Outcome> outcomes, Set<String> renewedAfter) {
			this(accepted, asset, payload, outcomes, renewedAfter, AT_ONCE);
		}

		/**
		 * Pay with what is known already, and never a second time.
		 * @param accepted the way to pay that it takes
		 * @param asset what it pays with
		 * @param payload the scheme's own fields; may hold a secret
		 * @param outcomes hears what becomes of the payment
		 */
		public Pays(PaymentRequirements accepted, Asset asset, Map<String, @Nullable Object> payload,
				Consumer<PaymentEvent.Outcome> outcomes) {
			this(accepted, asset, () -> payload, outcomes, Set.of());
		}

		/** The same payment, of which somebody else hears. */
		public Pays withOutcomes(Consumer<PaymentEvent.Outcome> others) {
			return new Pays(this.accepted, this.asset, this.payload, others, this.renewedAfter, this.maker);
		}

		@Override
		public <T> T fold(Function<Pays, T> pays, Function<Declines, T> declines) {
			return pays.apply(this);
		}

		@Override
		public String toString() {
			return "Pays[amount=" + this.asset.describe(this.accepted.baseUnits()) + "]";
		}

	}

	/**
	 * It does not.
	 *
	 * @param reason why not
	 * @param asked the way to pay that came closest, if any
	 * @param why what is wrong with it, for people, in words of this client; {@code null}
	 * where the reason says it all
	 */
	record Declines(DeclineReason reason, @Nullable PaymentRequirements asked,
			@Nullable String why) implements PayerDecision {

		/**
		 * Decline for a reason that says it all.
		 * @param reason why not
		 * @param asked the way to pay that came closest, if any
		 */
		public Declines(DeclineReason reason, @Nullable PaymentRequirements asked) {
			this(reason, asked, null);
		}

		@Override
		public <T> T fold(Function<Pays, T> pays, Function<Declines, T> declines) {
			return declines.apply(this);
		}

	}

	/**
	 * Thrown by what makes a payload, if it cannot: nothing goes to the server. Its
	 * message is for people and holds no secret.
	 */
	final class NotMadeException extends X402Exception {

		private static final long serialVersionUID = 1L;

		private final DeclineReason reason;

		private final boolean signed;

		/**
		 * Create the exception.
		 * @param reason why nothing is paid
		 * @param message what is wrong
		 * @param signed whether something that pays was signed and shown to somebody, so
		 * that it counts
		 * @param cause the cause, or {@code null}
		 */
		public NotMadeException(DeclineReason reason, String message, boolean signed, @Nullable Throwable cause) {
			super(message, cause);
			this.reason = reason;
			this.signed = signed;
		}

		DeclineReason reason() {
			return this.reason;
		}

		boolean isSigned() {
			return this.signed;
		}

	}

}
